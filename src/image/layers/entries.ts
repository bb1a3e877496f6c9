import { createHash } from 'node:crypto';
import type { Bytes } from '../../hosts/common/bytes.ts';
import type { ImageArchive, Layer } from './archive.ts';
import { damaged } from './parts.ts';
import { ImageArchiveError } from './problem.ts';
import { readTar, type TarEntry } from './tar.ts';

/** What a layer does to one path. */
export type LayerEntry = Placed & Kind;

interface Placed {
  /** From the root, without `/` before or after it; the root itself is ''. */
  readonly path: Bytes;
  /** The twelve bits of permission, set-id and sticky. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds. */
  readonly modified: number;
}

type Kind =
  /** `digest`: sha256 of the content, hexadecimal. */
  | { readonly type: 'file'; readonly size: number; readonly digest: string }
  | { readonly type: 'directory' | 'fifo' }
  /** A hard link's target is a path of the same layer, from the root. */
  | { readonly type: 'symlink' | 'hard link'; readonly target: Bytes }
  | { readonly type: 'character device' | 'block device'; readonly major: number; readonly minor: number }
  /** The path, and all below it, of the layers below is gone. */
  | { readonly type: 'whiteout' }
  /** What the layers below have in this directory is gone. */
  | { readonly type: 'opaque' };

/** Reads a layer's entries in its order. Throws an ImageArchiveError when it is damaged. */
export async function readEntries(archive: ImageArchive, layer: Layer): Promise<readonly LayerEntry[]> {
  const entries: LayerEntry[] = [];
  try {
    for await (const entry of readTar(layer.open())) entries.push(await entryOf(entry));
  } catch (error) {
    throw new ImageArchiveError(archive.file, damaged(`layer ${layer.index + 1}`, error));
  }
  return entries;
}

/** Those of every layer, the base's first. One after the other: each keeps a processor busy. */
export async function readAllEntries(archive: ImageArchive): Promise<readonly (readonly LayerEntry[])[]> {
  const all: (readonly LayerEntry[])[] = [];
  for (const layer of archive.layers) all.push(await readEntries(archive, layer));
  return all;
}

async function entryOf(entry: TarEntry): Promise<LayerEntry> {
  const { uid, gid, modified } = entry;
  const path = pathOf(entry.name);
  const whiteout = whiteoutOf(path);
  const placed = { mode: entry.mode & 0o7777, uid, gid, modified };
  return whiteout === undefined ? { path, ...placed, ...(await kindOf(entry)) } : { ...placed, ...whiteout };
}

const MARK = '.wh.';

/** Whiteouts are files with names of their own. */
function whiteoutOf(path: Bytes): { readonly path: Bytes; readonly type: 'whiteout' | 'opaque' } | undefined {
  const slash = path.lastIndexOf('/') + 1;
  const name = path.slice(slash);
  if (!name.startsWith(MARK)) return undefined;
  return name === '.wh..wh..opq'
    ? { path: path.slice(0, Math.max(0, slash - 1)), type: 'opaque' }
    : { path: path.slice(0, slash) + name.slice(MARK.length), type: 'whiteout' };
}

async function kindOf(entry: TarEntry): Promise<Kind> {
  switch (entry.type) {
    case 'directory':
    case 'fifo':
      return { type: entry.type };
    case 'symlink':
      return { type: 'symlink', target: entry.target };
    case 'link':
      return { type: 'hard link', target: pathOf(entry.target) };
    case 'character-device':
    case 'block-device':
      return { type: entry.type === 'block-device' ? 'block device' : 'character device', ...entry.device };
    default:
      return { type: 'file', size: entry.size, digest: await digestOf(entry.content) };
  }
}

async function digestOf(content: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of content) hash.update(chunk);
  return hash.digest('hex');
}

/** `./`, `/` and doubled slashes are of no meaning. */
function pathOf(name: Bytes): Bytes {
  return name
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}
