import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { packageRoot } from '../package-root.ts';
import { type CollectionDefinition, readCollectionDefinition } from './collection-definition.ts';
import { type KeyMatcher, keyMatcher } from './key-matcher.ts';
import { LoadError } from './load-error.ts';
import { type LookupTable, readLookupTable } from './lookup-table.ts';

/** A collection definition, read and ready: its pattern compiled, its look-up tables in memory. */
export interface Collection {
  /** Where the definition was read from, for messages. */
  readonly source: string;
  readonly location: CollectionDefinition['location'];
  readonly columns: CollectionDefinition['columns'];
  readonly keys: KeyMatcher;
  readonly lookups: readonly LookupTable[];
}

/**
 * Opens a collection that comes with the project by its name (`tess-ffi`), or an operator's own by the
 * path of its JSON file. Look-up tables lie beside that file.
 */
export async function openCollection(nameOrFile: string): Promise<Collection> {
  const source = nameOrFile.endsWith('.json') ? nameOrFile : collectionFile(nameOrFile);
  const definition = readCollectionDefinition(await readText(source, nameOrFile), source);
  const keys = keyMatcher(definition.key, source);
  const lookups = await Promise.all(
    Object.entries(definition.lookups).map(([name, { file, by }]) =>
      readLookupTable({ name, file: join(dirname(source), file), by, parts: keys.parts }),
    ),
  );
  return { source, location: definition.location, columns: definition.columns, keys, lookups };
}

/** The folder of a collection that comes with the project. */
export function collectionFolder(name: string): string {
  return join(packageRoot(), 'schema', 'collections', name);
}

function collectionFile(name: string): string {
  return join(collectionFolder(basename(name)), 'collection.json');
}

async function readText(source: string, nameOrFile: string): Promise<string> {
  try {
    return await readFile(source, 'utf8');
  } catch (cause) {
    throw new LoadError(
      `No collection definition "${nameOrFile}": ${source} cannot be read. ` +
        'Give the name of a folder in schema/collections, or the path of a .json file of yours.',
      { cause },
    );
  }
}
