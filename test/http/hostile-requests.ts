/** A POST to /sync as a stranger sends it. */
export interface HostilePost {
  /** Values of UPLOAD. */
  readonly upload?: readonly string[];
  /** The whole body, in place of a form with UPLOAD and the file `mine`. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type HostileRequest = readonly [name: string, post: HostilePost, status: number, message: string];

const noUri = (text: string): string =>
  `UPLOAD: "${text}" is no URI; use param: and the name of a part, or an http(s) URL.`;
const noName = (text: string): string =>
  `UPLOAD: "${text}" cannot be the name of a table; use letters, digits and _, beginning with a letter, and no schema.`;
const noScheme = (text: string): string =>
  `UPLOAD: this service does not read ${text} URIs; use param:, http: or https:.`;
const notPublic = (host: string): string =>
  `UPLOAD: ${host} is not a host of the public Internet, and this service fetches nothing from others. Send the table inside the request.`;

function upload(value: string, status: number, message: string): HostileRequest {
  return [`UPLOAD=${value.slice(0, 60)}`, { upload: [value] }, status, message];
}

/** What UPLOAD may not say. */
const uploads: readonly HostileRequest[] = [
  upload(
    'mine',
    400,
    'UPLOAD: "mine" has no comma; write the table\'s name, a comma and its URI, as in mytable,param:part1.',
  ),
  upload(',param:mine', 400, noName('')),
  upload('mine,', 400, noUri('')),
  upload('mine,param:', 400, 'UPLOAD: param: must be followed by the name of a part.'),
  upload('mine,param:other', 400, 'UPLOAD: the request has no part "other" for the table mine.'),
  upload(
    'mine,param:__proto__',
    400,
    'UPLOAD: the request has no part "__proto__" for the table mine.',
  ),
  upload('mine,mine', 400, noUri('mine')),
  upload('mine,//mine', 400, noUri('//mine')),
  upload(
    'select,param:mine',
    400,
    'UPLOAD: "select" is a word of ADQL; give the table another name.',
  ),
  upload('1st,param:mine', 400, noName('1st')),
  upload('tap_schema.tables,param:mine', 400, noName('tap_schema.tables')),
  upload('"mine",param:mine', 400, noName('"mine"')),
  upload('_mine,param:mine', 400, noName('_mine')),
  upload('caf\u00e9,param:mine', 400, noName('caf\u00e9')),
  upload('mi\0ne,param:mine', 400, noName('mi ne')),
  upload("mine' DROP TABLE x --,param:mine", 400, noName("mine' DROP TABLE x --")),
  upload(`${'x'.repeat(129)},param:mine`, 400, noName(`${'x'.repeat(40)}...`)),
  upload(
    'mine,param:mine;MINE,param:mine',
    400,
    'UPLOAD names two tables MINE (case does not count); give them different names.',
  ),
  upload(
    Array.from({ length: 11 }, (_, n) => `t${String(n)},param:mine`).join(';'),
    400,
    'UPLOAD names 11 tables; this service takes 10.',
  ),
  upload(
    'mine,param:mine;'.repeat(20_000),
    400,
    'UPLOAD names 20000 tables; this service takes 10.',
  ),
  upload('mine,vos://cadc.nrc.ca!vault/t', 400, noScheme('vos:')),
  upload('mine,file:///etc/passwd', 400, noScheme('file:')),
  upload('mine,data:text/csv,n%0A1', 400, noScheme('data:')),
  upload('mine,ftp://example.org/t', 400, noScheme('ftp:')),
  upload('mine,gopher://example.org/t', 400, noScheme('gopher:')),
  upload('mine,javascript:alert(1)', 400, noScheme('javascript:')),
  upload('mine,http://', 400, noUri('http://')),
  upload('mine,http://[::1', 400, noUri('http://[::1')),
  upload(
    'mine,http://me:secret@example.org/',
    400,
    'UPLOAD: a URL with a user name or password is not fetched.',
  ),
  ...[
    ['127.0.0.1', '127.0.0.1'],
    ['127.1', '127.0.0.1'],
    ['2130706433', '127.0.0.1'],
    ['0x7f000001', '127.0.0.1'],
    ['017700000001', '127.0.0.1'],
    ['0.0.0.0', '0.0.0.0'],
    ['10.0.0.1', '10.0.0.1'],
    ['172.16.0.1', '172.16.0.1'],
    ['192.168.0.1', '192.168.0.1'],
    ['100.64.0.1', '100.64.0.1'],
    ['169.254.169.254', '169.254.169.254'],
    ['224.0.0.1', '224.0.0.1'],
    ['255.255.255.255', '255.255.255.255'],
    ['[::1]', '::1'],
    ['[::]', '::'],
    ['[::ffff:10.0.0.1]', '::ffff:a00:1'],
    ['[fe80::1]', 'fe80::1'],
    ['[fd00::1]', 'fd00::1'],
    ['[64:ff9b::a00:1]', '64:ff9b::a00:1'],
    ['[2002:a00:1::]', '2002:a00:1::'],
    ['localhost', 'localhost'],
  ].map(([host = '', told = '']) => upload(`mine,http://${host}/t`, 400, notPublic(told))),
];

const boundary = 'bound';
const type = { 'Content-Type': `multipart/form-data; boundary=${boundary}` };
const malformed = 'The multipart/form-data body of this request is malformed.';
const nameless =
  'A part of this multipart/form-data body has no name; give each a Content-Disposition with name="...".';
const noLang = 'LANG is missing. Send LANG=ADQL with the query.';

function part(disposition: string, content: string): string {
  return `--${boundary}\r\nContent-Disposition: ${disposition}\r\n\r\n${content}\r\n`;
}

const fields =
  part('form-data; name="LANG"', 'ADQL') +
  part('form-data; name="QUERY"', 'SELECT COUNT(*) AS n FROM TAP_UPLOAD.mine') +
  part('form-data; name="UPLOAD"', 'mine,param:mine');
const file = part('form-data; name="mine"; filename="mine"', 'n\n1');
const end = `--${boundary}--\r\n`;

const manyFiles = Array.from({ length: 101 }, (_, i) =>
  part(`form-data; name="x${String(i)}"; filename="x"`, '1'),
).join('');

/** What a body may not be. */
const bodies: readonly HostileRequest[] = [
  ['no body', { body: '', headers: type }, 400, malformed],
  ['a body of noise', { body: '\0\xff'.repeat(1000), headers: type }, 400, malformed],
  [
    'no boundary',
    { body: fields + file + end, headers: { 'Content-Type': 'multipart/form-data' } },
    400,
    malformed,
  ],
  [
    'another boundary',
    { body: (fields + file + end).replaceAll(boundary, 'other'), headers: type },
    400,
    malformed,
  ],
  ['a body cut off in a field', { body: fields.slice(0, 150), headers: type }, 400, malformed],
  [
    'a body cut off in the file',
    { body: fields + file.slice(0, -5), headers: type },
    400,
    malformed,
  ],
  ['a body cut off before its end', { body: fields + file, headers: type }, 400, malformed],
  [
    'no file',
    { body: fields + end, headers: type },
    400,
    'UPLOAD: the request has no part "mine" for the table mine.',
  ],
  ['no fields', { body: file + end, headers: type }, 400, noLang],
  [
    'parts without names',
    { body: `${part('form-data', 'x')}${end}`, headers: type },
    400,
    nameless,
  ],
  [
    'two files of one name',
    { body: fields + file + file + end, headers: type },
    400,
    'The body of this request has two files named "mine"; give each part a name of its own.',
  ],
  [
    'files without names',
    { body: part('form-data; filename="x"', 'x') + end, headers: type },
    400,
    nameless,
  ],
  [
    'parts that are attachments',
    { body: `${part('attachment; name="LANG"', 'ADQL')}${end}`, headers: type },
    400,
    noLang,
  ],
  [
    'parts with headers without end',
    { body: `--${boundary}\r\n${'X-Noise: 1\r\n'.repeat(20_000)}`, headers: type },
    400,
    malformed,
  ],
  [
    '1001 fields',
    { body: part('form-data; name="x"', '1').repeat(1001) + end, headers: type },
    413,
    'The body of this request has more than 1000 fields or 100 files.',
  ],
  [
    '101 files',
    { body: manyFiles + end, headers: type },
    413,
    'The body of this request has more than 1000 fields or 100 files.',
  ],
  [
    'a field of three megabytes',
    { body: part('form-data; name="x"', 'x'.repeat(3_000_000)) + end, headers: type },
    413,
    'The parameters of this request have more than 2000000 bytes, which is the limit here.',
  ],
  [
    'a form in gzip',
    { body: fields + file + end, headers: { ...type, 'Content-Encoding': 'gzip' } },
    415,
    'Send parameters without Content-Encoding.',
  ],
  [
    'a table in place of a form',
    { body: '<VOTABLE/>', headers: { 'Content-Type': 'application/x-votable+xml' } },
    415,
    'Send parameters as application/x-www-form-urlencoded or multipart/form-data.',
  ],
  [
    'an empty file',
    { body: fields + part('form-data; name="mine"; filename="mine"', '') + end, headers: type },
    400,
    'The uploaded table mine cannot be used: it is empty.',
  ],
];

/** Names that columns may have, and what is wrong with them together. */
const columns: readonly HostileRequest[] = [
  ['id,ID', 'it has two columns "ID" (case does not count); give them different names.'],
  ['col_2,', 'it has two columns "col_2" (case does not count); give them different names.'],
].map(([header = '', message = '']) => [
  `columns ${header}`,
  {
    body: fields + part('form-data; name="mine"; filename="mine"', `${header}\n1,2`) + end,
    headers: type,
  },
  400,
  `The uploaded table mine cannot be used: ${message}`,
]);

export const hostileRequests: readonly HostileRequest[] = [...uploads, ...bodies, ...columns];
