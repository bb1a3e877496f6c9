import type { Entry, Identity, Listing, Reader, ReadLimits, TextRead } from '../../src/execute/reader.ts';
import { toBytes } from '../../src/hosts/common/bytes.ts';

/** A file in memory: its text, or a text with a mode, or a directory, or a link. */
export type MemoryEntry =
  | string
  | { readonly text: string; readonly mode?: number }
  | { readonly directory: true }
  | { readonly link: string };

export interface MemoryReaderOptions {
  /** Real folders by the path the core sees them at: `{ '/opt/app-root/src': '/…/case/project' }`. */
  readonly mounts?: Readonly<Record<string, string>>;
  /** Single files in memory, before what is mounted. Directories above them exist. */
  readonly files?: Readonly<Record<string, MemoryEntry>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly identity?: Partial<Identity>;
  /** Default `/opt/app-root/src`. */
  readonly directory?: string;
  /** Default 4. */
  readonly processors?: number;
}

/**
 * A reader that sees nothing of this machine: only what is mounted or given. `disk` reads what is mounted. In the language
 * alone, because every host runs it.
 */
export function createMemoryReader(disk: Reader, options: MemoryReaderOptions = {}): Reader {
  const { mounts = {}, files = {}, directory = '/opt/app-root/src' } = options;
  const real = (path: string): string | undefined => onDisk(mounts, at(directory, path));
  const memory = (path: string): Found | undefined => inMemory(files, at(directory, path));
  return {
    readText: (path, limits) =>
      readMemory(memory(path), limits) ?? onReal(real(path), (found) => disk.readText(found, limits)) ?? absent,
    list: (path) =>
      merged(namesUnder(files, at(directory, path)), onReal(real(path), disk.list), mountsUnder(mounts, at(directory, path))),
    stat: (path) => entryOf(memory(path)) ?? onReal(real(path), disk.stat) ?? mountPoint(mounts, at(directory, path)),
    resolve: (path) => {
      const found = memory(path);
      if (found !== undefined) return found.at;
      return onReal(real(path), (place) => (disk.stat(place) === undefined ? undefined : back(mounts, disk.resolve(place))));
    },
    executable: (path) => {
      const found = memory(path);
      if (found !== undefined) return found.type === 'file' && (found.mode & 0o111) !== 0;
      return onReal(real(path), disk.executable) ?? false;
    },
    environment: options.environment ?? {},
    undecodable: [],
    identity: { uid: 1001, gid: 0, groups: [0], pid: 1, ...options.identity },
    directory,
    processors: () => options.processors ?? 4,
    sha256: (text) => disk.sha256(text),
  };
}

type Found =
  | { readonly type: 'file'; readonly at: string; readonly text: string; readonly mode: number; readonly link: boolean }
  | { readonly type: 'directory'; readonly at: string; readonly link: boolean };

const absent: TextRead = { ok: false, problem: { what: 'absent' } };

function at(directory: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${path.startsWith('/') ? '' : `${directory}/`}${path}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function inMemory(files: Readonly<Record<string, MemoryEntry>>, path: string, link = false): Found | undefined {
  const entry = files[path];
  if (entry === undefined) {
    return Object.keys(files).some((name) => name.startsWith(`${path}/`)) ? { type: 'directory', at: path, link } : undefined;
  }
  if (typeof entry === 'string') return { type: 'file', at: path, text: entry, mode: 0o644, link };
  if ('link' in entry) return inMemory(files, at(path.slice(0, path.lastIndexOf('/')), entry.link), true);
  if ('directory' in entry) return { type: 'directory', at: path, link };
  return { type: 'file', at: path, text: entry.text, mode: entry.mode ?? 0o644, link };
}

function onDisk(mounts: Readonly<Record<string, string>>, path: string): string | undefined {
  const mount = longestFirst(Object.keys(mounts)).find((point) => path === point || path.startsWith(`${point}/`));
  return mount === undefined ? undefined : `${mounts[mount]}${path.slice(mount.length)}`;
}

function back(mounts: Readonly<Record<string, string>>, path: string | undefined): string | undefined {
  const found = Object.entries(mounts).find(([, folder]) => path === folder || path?.startsWith(`${folder}/`) === true);
  return found === undefined || path === undefined ? path : `${found[0]}${path.slice(found[1].length)}`;
}

function onReal<T>(path: string | undefined, read: (path: string) => T): T | undefined {
  return path === undefined ? undefined : read(path);
}

function readMemory(found: Found | undefined, limits: ReadLimits = {}): TextRead | undefined {
  if (found === undefined) return undefined;
  if (found.type === 'directory') return { ok: false, problem: { what: 'directory' } };
  const bytes = toBytes(found.text).length;
  const limit = limits.maxBytes ?? 1024 * 1024;
  if (bytes > limit) return { ok: false, problem: { what: 'too-large', bytes, limit } };
  const bom = found.text.startsWith('\ufeff');
  return { ok: true, text: bom ? found.text.slice(1) : found.text, bom };
}

function entryOf(found: Found | undefined): Entry | undefined {
  if (found === undefined) return undefined;
  if (found.type === 'directory') return { type: 'directory', link: found.link, mode: 0o775, size: 0, uid: 1001, gid: 0 };
  return { type: 'file', link: found.link, mode: found.mode, size: toBytes(found.text).length, uid: 1001, gid: 0 };
}

function mountPoint(mounts: Readonly<Record<string, string>>, path: string): Entry | undefined {
  return mountsUnder(mounts, path).length > 0
    ? { type: 'directory', link: false, mode: 0o775, size: 0, uid: 1001, gid: 0 }
    : undefined;
}

function namesUnder(files: Readonly<Record<string, MemoryEntry>>, path: string): string[] | undefined {
  if (inMemory(files, path)?.type !== 'directory') return undefined;
  return Object.keys(files)
    .filter((name) => name.startsWith(`${path}/`))
    .map((name) => firstPart(name, path));
}

function mountsUnder(mounts: Readonly<Record<string, string>>, path: string): string[] {
  return Object.keys(mounts)
    .filter((name) => name.startsWith(`${path}/`))
    .map((name) => firstPart(name, path));
}

function firstPart(name: string, path: string): string {
  return name.slice(path.length + 1).split('/')[0] ?? '';
}

function merged(
  memory: readonly string[] | undefined,
  disk: Listing | undefined,
  mounts: readonly string[],
): Listing | undefined {
  if (disk === undefined && memory === undefined && mounts.length === 0) return undefined;
  const names = [...new Set([...(memory ?? []), ...mounts, ...(disk?.names ?? [])])].sort();
  return { names, undecodable: disk?.undecodable ?? 0 };
}

function longestFirst(paths: readonly string[]): string[] {
  return [...paths].sort((a, b) => b.length - a.length);
}
