import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of package.json: `schema/` lies there, for `src/` (development) as for `dist/` alike. */
export function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

const product = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
  readonly name: string;
  readonly version: string;
};

/** This software as a product token (RFC 9110, "Server"; IVOA Note SoftID): `cloudtap/0.1.0`. */
export const softwareVersion = `${product.name}/${product.version}`;
