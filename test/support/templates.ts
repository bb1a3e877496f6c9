import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppCase } from './app-case.ts';
import { type LoopbackIndex, startIndex } from './loopback-index.ts';
import { makeWheel } from './packages.ts';
import { pipfileHash } from './pipfile.ts';

/** What stands for the placeholders of an application's files. */
export interface Placeholders {
  /** Address of the index of this machine. */
  readonly index: string;
  /** Address of an index of the application's own, where it has one. */
  readonly loopbackIndex: string | undefined;
  readonly port: number;
}

/** Fills in the placeholders in a copy of an application's source; answers the files that were written. */
export function fillTemplates({ templates }: AppCase, source: string, values: Placeholders): readonly string[] {
  return templates.map((name) => {
    const path = join(source, name);
    const filled = readFileSync(path, 'utf8')
      .replaceAll('@INDEX_URL@', values.index)
      .replaceAll('@LOOPBACK_INDEX_URL@', values.loopbackIndex ?? '')
      .replaceAll('@PORT@', String(values.port))
      .replaceAll('@PIPFILE_HASH@', () => pipfileHash(readFileSync(join(source, 'Pipfile'), 'utf8')));
    writeFileSync(path, filled);
    return path;
  });
}

/** Starts the index that an application brings; undefined for one that needs none. */
export async function startIndexOf({ index }: AppCase): Promise<LoopbackIndex | undefined> {
  return index.length === 0 ? undefined : startIndex(index.map(wheelOf));
}

function wheelOf(package_: string): ReturnType<typeof makeWheel> {
  const [name = '', version = ''] = package_.split(' ');
  return makeWheel({ name, version });
}
