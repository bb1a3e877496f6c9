import type { Reader } from '../../execute/reader.ts';
import type { Source } from '../../inspect/fact.ts';
import { join, nameOf, parentOf } from '../../inspect/paths.ts';
import { readHead } from '../../inspect/script-head.ts';
import { findSimilar } from '../../inspect/similar.ts';
import type { SoughtFile, SoughtScript } from '../facts.ts';

/** Looks for the file that APP_FILE names (B49); only a regular file counts (B46). */
export function readFile(reader: Reader, directory: string, name: string, source: Source): SoughtFile {
  const path = join(directory, name);
  const type = reader.stat(path)?.type;
  const exists = type === 'file';
  const wanted = source.from === 'environment';
  const similar = exists || !wanted ? [] : similarNames(reader, path);
  return { name, path, source, exists, similar, ...(exists || type === undefined ? {} : { instead: type }) };
}

/** Looks for the script that APP_SCRIPT names, and at how it begins (B46). `path` is the PATH it would run with. */
export function readScript(reader: Reader, directory: string, name: string, source: Source, path: string): SoughtScript {
  const file = readFile(reader, directory, name, source);
  if (!file.exists) return { ...file, executable: false, head: { kind: 'program' } };
  return { ...file, executable: reader.executable(file.path), head: readHead(reader, file.path, path) };
}

/** Names in the same folder that could have been meant. */
export function similarNames(reader: Reader, path: string): readonly string[] {
  return findSimilar(reader.list(parentOf(path))?.names ?? [], nameOf(path));
}
