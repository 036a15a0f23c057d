#!/usr/bin/env -S node --max-semi-space-size=4
import { setFlagsFromString } from 'node:v8';
import { program } from 'commander';
import { runLoadManifest, runTessManifest } from './cli/load.ts';
import { readConfig } from './config.ts';
import { createLog, type Log } from './log.ts';
import { softwareVersion } from './package-root.ts';
import { openStore, startService, type Service } from './service.ts';
import { exampleQuery } from './tap/example-query.ts';

program
  .name('cloudtap')
  .description('A TAP / ObsCore service whose answers carry cloud locations.')
  .version(softwareVersion);

program
  .command('serve', { isDefault: true })
  .description('Start the service; its settings are environment variables (see README).')
  .action(serve);

program
  .command('load')
  .description('Load observations into the catalogue.')
  .command('manifest <file>')
  .description(
    'From a list of objects as `aws s3 ls --recursive` prints it, gzip or plain; - is stdin.',
  )
  .requiredOption('--collection <name>', 'collection of the project, or path of a .json file')
  .action(loadManifest);

program
  .command('tess-manifest')
  .description('Print the manifest of the TESS full-frame images.')
  .option('--sectors <list>', 'such as 12, 1-68 or 1,5-7', '1-68')
  .action(({ sectors }: { readonly sectors: string }) =>
    runTessManifest({ sectors, output: process.stdout }),
  );

/**
 * Per cent that the heap may grow by before it is cleared, four times as much else. The queries of
 * test/http/hostile-queries.test.ts left a service of 448 MB without it, one of 202 MB with it.
 */
const heapGrowth = 30;

/** Milliseconds that a stop may take before the process ends without it. */
const stopLimit = 4800;

async function serve(): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${String(heapGrowth)}`);
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  process.on('unhandledRejection', (reason) => {
    log.error({ err: reason }, 'unhandled rejection');
  });
  const starting = startService(config, log, () => {
    log.error('the embedded PostgreSQL ended by itself; start cloudtap again');
    process.exit(1);
  });
  stopOnSignal(starting, log);
  const service = await starting;
  process.stdout.write(readyText(service.url));
}

/** The first signal ends the service in an orderly way, also while it starts; a second one at once. */
function stopOnSignal(starting: Promise<Service>, log: Log): void {
  let isStopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      log.error('stopping took too long');
      process.exit(1);
    }, stopLimit).unref();
    starting
      .then((service) => service.stop())
      .then(() => process.exit(0))
      .catch((error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      });
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
}

function readyText(url: string): string {
  return `cloudtap ready: ${url}

Try this query (TOPCAT, pyvo, or open ${url} in a browser):

${exampleQuery}

`;
}

async function loadManifest(
  file: string,
  { collection }: { readonly collection: string },
): Promise<void> {
  const config = readConfig(process.env);
  const store = await openStore(config, createLog('warn'), () => {
    exitWith(new Error('the embedded PostgreSQL ended by itself; run the load again'));
  });
  const { owner } = store.database;
  const report = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  try {
    await runLoadManifest({ file, collection, owner, input: process.stdin, report });
  } finally {
    await store.close();
  }
}

/** Errors of a command are for the one who typed it: a sentence, never a stack trace. */
function exitWith(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`cloudtap: ${message.replaceAll('\n', '\ncloudtap: ')}\n`);
  process.exit(1);
}

await program.parseAsync().catch(exitWith);
