import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Bytes, bufferOf, toBytes } from '../bytes.ts';
import { makeFolders } from '../folders.ts';
import { type Placed, parentOf } from './walk.ts';

/** What an import placed: paths relative to its target. */
export type ImportRecord = ReadonlyMap<Bytes, Placed>;

const head = 's2i-import 1';

/**
 * Reads a record; undefined when there is none. One that is damaged counts as none: then nothing is removed, and the next
 * import writes a whole one.
 */
export function readRecord(path: string): ImportRecord | undefined {
  let parts: Bytes[];
  try {
    parts = readFileSync(path, 'latin1').split('\0');
  } catch {
    return undefined;
  }
  if (parts.shift() !== head || parts.pop() !== '') return undefined;
  const record = new Map<Bytes, Placed>();
  for (const part of parts) {
    const [, type, size, modified, name] = /^([fdlo]) (\d+) (-?\d+) (.+)$/s.exec(part) ?? [];
    if (name === undefined || !isType(type) || !isInside(unescaped(name))) return undefined;
    record.set(unescaped(name), { type, size: BigInt(size ?? 0), modified: BigInt(modified ?? 0) });
  }
  return record;
}

/** Writes a record whole or not at all. Throws file system errors. */
export function writeRecord(path: string, record: ImportRecord): void {
  makeFolders(toBytes(dirname(path)));
  const entries = [...record].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = entries.map(([name, { type, size, modified }]) => `${type} ${size} ${modified} ${escaped(name)}\0`);
  const temporary = `${path}.new`;
  const descriptor = openSync(temporary, 'w', 0o664);
  try {
    const bytes = bufferOf(`${head}\0${lines.join('')}`);
    let at = 0;
    while (at < bytes.length) at += writeSync(descriptor, bytes, at);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, path);
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

export function removeRecord(path: string): void {
  rmSync(path, { force: true });
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
