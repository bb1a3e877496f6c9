import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../support/places.ts';

/** The npm package with Node's program that package-lock.json names for this machine, checked when it was installed. */
export const nodePackage: { readonly folder: string; readonly version: string } = (() => {
  const folder = join(repository, `node_modules/node-linux-${process.arch}`);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly version: string };
  return { folder, version };
})();
