import type { Reader } from '../../execute/reader.ts';
import { join } from '../../inspect/paths.ts';
import type { Settings } from '../../inspect/settings/read.ts';
import { configurationIn, splitWords } from '../servers/gunicorn/words.ts';

/**
 * What tells gunicorn its graceful timeout already, or may: its arguments, or its configuration file. `configuration`: the one
 * that is named to it. Only looked for where S2I_GRACE_PERIOD would tell it too.
 */
export function readOwnGrace(
  reader: Reader,
  settings: Settings,
  folder: string,
  configuration: string | undefined,
): string | undefined {
  if (settings.integer('S2I_GRACE_PERIOD') === undefined) return undefined;
  const words = splitWords(settings.text('GUNICORN_CMD_ARGS')?.value ?? '') ?? [];
  if (words.some((word) => word.startsWith('--grac'))) return 'GUNICORN_CMD_ARGS';
  const file = configuration ?? configurationIn(words) ?? 'gunicorn.conf.py';
  // What gunicorn imports cannot be read here: it may say so.
  if (file.startsWith('python:')) return file;
  const read = reader.readText(join(folder, file.replace(/^file:/, '')));
  return read.ok && /\bgraceful_timeout\b/.test(read.text) ? file : undefined;
}
