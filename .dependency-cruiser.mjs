/** Who may import whom. `npm run check:rooms` fails on any arrow that is not allowed here. */
const room = (name) => `^src/${name}/`;

/** Each room of src/ and the rooms below it that it may use. */
const rooms = {
  database: [],
  cloud: [],
  format: ['cloud'],
  storage: [],
  upload: ['database'],
  'tap-schema': ['database'],
  load: ['database', 'cloud'],
  tap: ['tap-schema', 'database', 'format', 'upload'],
  uws: ['tap', 'database', 'storage'],
  vosi: ['tap-schema', 'tap', 'format'],
  http: ['tap', 'uws', 'vosi', 'tap-schema', 'format', 'storage'],
  cli: ['load', 'database'],
};

/** Each third-party package and the only places that may import it. */
const homes = {
  'node-sql-parser': '^src/database/statement-gate',
  express: '^src/http/',
  busboy: '^src/http/',
  'pg|pg-copy-streams': '^src/database/',
  xmlbuilder2: '^src/xml[.]ts$',
  zod: '^src/(config|settings|cloud/cloud-access|load/collection-definition)[.]ts$',
  '@aws-sdk/(client-s3|s3-request-presigner)': '^src/storage/',
  'apache-arrow': '^src/format/arrow/',
  'hyparquet-writer': '^src/format/parquet/',
  pino: '^src/log[.]ts$',
  saxes: '^src/upload/',
  commander: '^src/(main[.]ts$|cli/)',
};

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: { pathNot: '^test/' }, to: { circular: true } },
    {
      name: 'adql-stands-alone',
      severity: 'error',
      comment: 'The translator knows nothing of the service.',
      from: { path: '^adql/' },
      to: { path: '^(src|test)/' },
    },
    {
      name: 'adql-does-no-io',
      severity: 'error',
      from: { path: '^adql/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'adql-front-door',
      severity: 'error',
      comment: 'The service uses the translator through its index.',
      from: { path: '^src/' },
      to: { path: '^adql/', pathNot: '^adql/index[.]ts$' },
    },
    {
      name: 'config-is-passed-in',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main|service|config)[.]ts$' },
      to: { path: '^src/(config|settings)[.]ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^(src|adql)/' },
      to: { path: '^test/' },
    },
    ...Object.entries(rooms).map(([name, allowed]) => ({
      name: `room-${name}`,
      severity: 'error',
      from: { path: room(name) },
      to: {
        path: '^src/',
        pathNot: [
          room(name),
          ...allowed.map(room),
          '^src/(xml|log|row-batch|make-folder|nameless-file|service-error|spare-disk|package-root)[.]ts$',
        ],
      },
    })),
    ...Object.entries(homes).map(([pkg, home]) => ({
      name: `home-of-${pkg}`,
      severity: 'error',
      from: { path: '^(src|adql)/', pathNot: home },
      to: { path: `node_modules/(${pkg})/` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
