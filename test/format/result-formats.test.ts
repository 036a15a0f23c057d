import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { findFormat } from '../../src/format/find-format.ts';
import { resultFormats } from '../../src/format/result-formats.ts';
import { packageRoot } from '../../src/package-root.ts';
import { capabilitiesDocument } from '../../src/vosi/capabilities.ts';

test('README tells of each format that has a short name, and of no other', () => {
  const readme = readFileSync(join(packageRoot(), 'README.md'), 'utf8');
  const [, table = ''] = /\| value \| what comes \|\n.*\n((?:\|.*\n)+)/.exec(readme) ?? [];
  const values = table.split('\n').flatMap((line) => {
    const [, firstCell = ''] = line.split('|');
    return Array.from(firstCell.matchAll(/`([^`]+)`/g), ([, value = '']) => value);
  });
  const told = values.map((value) => findFormat(value)?.format.name);
  const named = resultFormats.filter(({ aliases }) => aliases.length > 0).map(({ name }) => name);
  // `votable` is TABLEDATA under both of its names.
  expect([...told, 'VOTable TABLEDATA'].sort()).toEqual([...named].sort());
});

test('capabilities tell of each format by its media type, its identifier and all its other names', () => {
  const none = { default: 1, hard: 1 };
  const document = capabilitiesDocument({
    baseUrl: 'https://example.org/tap',
    outputLimit: none,
    executionDuration: none,
    retention: none,
    uploadBytes: 1,
    catalog: { version: '1', tables: [] },
  });
  const told = Array.from(document.matchAll(/<outputFormat([^>]*)>([^]*?)<\/outputFormat>/g));
  expect(
    told.map(([, attributes = '', content = '']) => ({
      standardId: /ivo-id="(.*)"/.exec(attributes)?.[1] ?? null,
      mediaType: /<mime>(.*)<\/mime>/.exec(content)?.[1],
      aliases: Array.from(content.matchAll(/<alias>(.*)<\/alias>/g), ([, alias]) => alias),
    })),
  ).toEqual(
    resultFormats.map(({ standardId, mediaType, aliases }) => ({ standardId, mediaType, aliases })),
  );
});

test('every file name has an extension of its own kind', () => {
  const kinds = new Map(
    resultFormats.map(({ extension, name }) => [extension, name.split(' ')[0]]),
  );
  for (const { extension, name } of resultFormats) {
    expect([extension, kinds.get(extension)]).toEqual([extension, name.split(' ')[0]]);
  }
});
