import type { Program } from '../../../execute/perform.ts';
import type { Reader } from '../../../execute/reader.ts';
import { join } from '../../../inspect/paths.ts';
import type { AssembleFacts } from '../../facts.ts';

/** uv leaves the file in the environment by which it waits for itself, and anyone may write to it. */
export function* removeUvLock(reader: Reader, { places }: AssembleFacts): Program<void> {
  const path = join(places.appRoot, '.lock');
  if (reader.stat(path) !== undefined) yield { kind: 'remove-tree', path };
}
