import type { Bytes } from '../bytes.ts';
import type { TreeFiles } from '../files.ts';
import { folderOf, makeFolders } from '../folders.ts';
import { errnoOf } from '../problems.ts';
import { type Placed, parentOf } from './walk.ts';

/** What an import placed: paths relative to its target. */
export type ImportRecord = ReadonlyMap<Bytes, Placed>;

const head = 's2i-import 1';

/**
 * Reads a record; undefined when there is none. One that is damaged counts as none: then nothing is removed, and the next
 * import writes a whole one.
 */
export function readRecord(files: TreeFiles, path: Bytes): ImportRecord | undefined {
  let parts: Bytes[];
  try {
    parts = files.readFile(path).split('\0');
  } catch {
    return undefined;
  }
  if (parts.shift() !== head || parts.pop() !== '') return undefined;
  const record = new Map<Bytes, Placed>();
  for (const part of parts) {
    const [, type, size, modified, name] = /^([fdlo]) (\d+) (-?\d+) (.+)$/s.exec(part) ?? [];
    if (name === undefined || !isType(type) || !isInside(unescaped(name))) return undefined;
    record.set(unescaped(name), { type, size: Number(size), modified: BigInt(modified ?? 0) });
  }
  return record;
}

/** Writes a record whole or not at all. Throws file system errors. */
export function writeRecord(files: TreeFiles, path: Bytes, record: ImportRecord): void {
  makeFolders(files, folderOf(path));
  const entries = [...record].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = entries.map(([name, { type, size, modified }]) => `${type} ${size} ${modified} ${escaped(name)}\0`);
  const temporary = `${path}.new`;
  removeFile(files, temporary);
  files.createFile(temporary, `${head}\0${lines.join('')}`, 0o664);
  files.rename(temporary, path);
}

/** The core reads the record as text, so names stand in it in ASCII. */
function escaped(name: Bytes): string {
  return name.replace(/[\\\u0080-\u00ff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`);
}

function unescaped(name: string): Bytes {
  return name.replace(/\\x([0-9a-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** Both records; the second one counts where they differ, and leaves no room for what was below its files. */
export function merged(first: ImportRecord, second: ImportRecord): ImportRecord {
  const both = new Map(second);
  for (const [path, placed] of first) {
    if (!both.has(path) && !isBelowFile(path, second)) both.set(path, placed);
  }
  return both;
}

function isBelowFile(path: Bytes, record: ImportRecord): boolean {
  for (let parent = parentOf(path); parent !== ''; parent = parentOf(parent)) {
    if ((record.get(parent)?.type ?? 'd') !== 'd') return true;
  }
  return false;
}

/** Removes a file; none there is fine. */
export function removeFile(files: TreeFiles, path: Bytes): void {
  try {
    files.unlink(path);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
}

/** True when an entry is still what the record says. Copying rounds the time to less than a microsecond. */
export function unchanged(recorded: Placed, now: Placed): boolean {
  const apart = recorded.modified - now.modified;
  return recorded.type === now.type && recorded.size === now.size && apart > -1000n && apart < 1000n;
}

function isType(type: string | undefined): type is Placed['type'] {
  return type === 'f' || type === 'd' || type === 'l' || type === 'o';
}

/** A record is a file in the image: a path that leads out of the tree must not make us remove anything. */
function isInside(name: Bytes): boolean {
  return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
