import { expect, test } from '@jest/globals';
import { readUploadParameter } from '../../src/upload/upload-parameter.ts';

test.each([
  [['mine,param:mine'], ['mine = part mine']],
  [['up1,param:upload_up1'], ['up1 = part upload_up1']],
  [['a,param:x;b,param:y'], ['a = part x', 'b = part y']],
  [
    ['a,param:x', 'b,http://h.org/t.xml'],
    ['a = part x', 'b = http://h.org/t.xml'],
  ],
  [['a, PARAM:x ; '], ['a = part x']],
  [['a,https://h.org/q?x=1;y=2,z;b,param:p'], ['a = https://h.org/q?x=1;y=2,z', 'b = part p']],
  [['a,http://h.org/%20?a,b'], ['a = http://h.org/%20?a,b']],
  [['', ' '], []],
])('UPLOAD=%j', (values, expected) => {
  const sources = readUploadParameter(values, 10).map((source) => {
    const content = source.kind === 'part' ? `part ${source.part}` : source.url.href;
    return `${source.tableName} = ${content}`;
  });
  expect(sources).toEqual(expected);
});

test.each([
  [
    'mine',
    'UPLOAD: "mine" has no comma; write the table\'s name, a comma and its URI, as in mytable,param:part1.',
  ],
  [
    'my table,param:a',
    'UPLOAD: "my table" cannot be the name of a table; use letters, digits and _, beginning with a letter, and no schema.',
  ],
  [
    'TAP_UPLOAD.a,param:a',
    'UPLOAD: "TAP_UPLOAD.a" cannot be the name of a table; use letters, digits and _, beginning with a letter, and no schema.',
  ],
  [
    '_a,param:a',
    'UPLOAD: "_a" cannot be the name of a table; use letters, digits and _, beginning with a letter, and no schema.',
  ],
  ['select,param:a', 'UPLOAD: "select" is a word of ADQL; give the table another name.'],
  ['a,param:', 'UPLOAD: param: must be followed by the name of a part.'],
  ['a,t.xml', 'UPLOAD: "t.xml" is no URI; use param: and the name of a part, or an http(s) URL.'],
  ['a,vos://h/t', 'UPLOAD: this service does not read vos: URIs; use param:, http: or https:.'],
  [
    'a,file:///etc/passwd',
    'UPLOAD: this service does not read file: URIs; use param:, http: or https:.',
  ],
  ['a,ftp://h.org/t', 'UPLOAD: this service does not read ftp: URIs; use param:, http: or https:.'],
  [
    'Abc,param:x;aBC,param:y',
    'UPLOAD names two tables aBC (case does not count); give them different names.',
  ],
  ['a,param:x;b,param:x;c,param:x', 'UPLOAD names 3 tables; this service takes 2.'],
])('UPLOAD=%s is refused', (value, message) => {
  expect(() => readUploadParameter([value], 2)).toThrow(new Error(message));
});
