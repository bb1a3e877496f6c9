import { resolve } from 'node:path';
import { CommanderError, Option } from 'commander';
import type { Volume } from '../../src/engine/engine.ts';

/** Folders that every step of a build sees: for settings and certificates of the machine, of which nothing stays. */
export function volumeOption(): Option {
  return new Option('--volume <FOLDER:PATH>', 'a folder that every step sees, read-only, e.g. with settings of apt')
    .argParser((text: string, before: readonly string[]) => [...before, text])
    .default([], 'none');
}

/** What such an option was given; an error that ends the program when it is no pair of paths. */
export function parseVolumes(texts: readonly string[]): { readonly volumes?: readonly Volume[] } {
  return texts.length === 0 ? {} : { volumes: texts.map(parseVolume) };
}

function parseVolume(text: string): Volume {
  const [source = '', target = ''] = text.split(':');
  if (!target.startsWith('/')) throw new CommanderError(2, 'said', `error: --volume ${text}: expected FOLDER:/PATH`);
  return { source: resolve(source), target, access: 'read-only' };
}
