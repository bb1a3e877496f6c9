import * as posix from 'posix';
import type { Entry, Identity, Listing, Reader, ReadLimits, ReadProblem, TextRead } from '../../execute/reader.ts';
import type { Bytes } from '../common/bytes.ts';
import { type RawEnvironment, textEnvironment, undecodableNames } from '../common/environment.ts';
import { answered } from './system-error.ts';

const defaultLimit = 1024 * 1024;

/** The reading half of the port over the C module. */
export function createReader(environment: RawEnvironment): Reader {
  return {
    readText,
    list,
    stat,
    resolve,
    executable,
    environment: textEnvironment(environment, textOf),
    undecodable: undecodableNames(environment, textOf),
    identity: identity(),
    directory: textOf(answered(posix.directory(), 'getcwd')) ?? '/',
    processors: () => posix.processors(),
    sha256: (text) => posix.sha256(posix.toBytes(text)),
  };
}

function readText(path: string, limits: ReadLimits = {}): TextRead {
  const limit = limits.maxBytes ?? defaultLimit;
  const place = placeOf(path);
  const bytes = posix.readFile(place, limit);
  return typeof bytes === 'number' ? refused(whyNotRead(place, posix.errorName(bytes), limit)) : decode(bytes);
}

function decode(bytes: Bytes): TextRead {
  if (bytes.startsWith('\xff\xfe')) return refused({ what: 'utf-16', order: 'little' });
  if (bytes.startsWith('\xfe\xff')) return refused({ what: 'utf-16', order: 'big' });
  const bom = bytes.startsWith('\xef\xbb\xbf');
  const text = posix.fromBytes(bom ? bytes.slice(3) : bytes);
  return text === null ? refused({ what: 'not-utf8', offset: posix.badOffset(bytes) }) : { ok: true, text, bom };
}

function whyNotRead(path: Bytes, code: string, limit: number): ReadProblem {
  if (code === 'EISDIR') return { what: 'directory' };
  // A socket cannot be opened at all.
  if (code === 'ENOTSUP' || code === 'ENXIO') return { what: 'special' };
  if (code === 'EFBIG') return { what: 'too-large', bytes: sizeOf(path, limit), limit };
  if ((code === 'ENOENT' || code === 'ELOOP') && typeof posix.status(path, 0) !== 'number') return { what: 'dangling' };
  if (code === 'ENOENT' || code === 'ENOTDIR') return { what: 'absent' };
  return { what: 'unreadable', reason: code };
}

/** Files of /proc and /sys do not say how large they are. */
function sizeOf(path: Bytes, limit: number): number {
  const found = posix.status(path, 1);
  return typeof found === 'number' || found.size <= limit ? limit + 1 : found.size;
}

function list(path: string): Listing | undefined {
  const names = posix.list(placeOf(path));
  if (typeof names === 'number') return undefined;
  const text = names.map(textOf).filter((name) => name !== undefined);
  return { names: text.sort(), undecodable: names.length - text.length };
}

function stat(path: string): Entry | undefined {
  const place = placeOf(path);
  const own = posix.status(place, 0);
  if (typeof own === 'number') return undefined;
  if (own.type !== 'link') return entry(own, false);
  const target = posix.status(place, 1);
  return typeof target === 'number' ? { ...entry(own, true), type: 'dangling' } : entry(target, true);
}

function entry({ type, mode, size, uid, gid }: posix.FileStatus, link: boolean): Entry {
  return { type: type === 'file' || type === 'directory' ? type : 'other', link, mode, size, uid, gid };
}

function resolve(path: string): string | undefined {
  const real = posix.realPath(placeOf(path));
  return typeof real === 'number' ? undefined : textOf(real);
}

function executable(path: string): boolean {
  const place = placeOf(path);
  if (!posix.mayExecute(place)) return false;
  const found = posix.status(place, 1);
  return typeof found !== 'number' && found.type === 'file';
}

function identity(): Identity {
  const { uid, gid, egid, groups, pid } = posix.identity();
  // As Node lists them: the group that counts is always among them.
  return { uid, gid, groups: groups.includes(egid) ? groups : [...groups, egid], pid };
}

/** No name holds a NUL: nothing stands at such a path, as at an empty one. A manifest may well say one. */
function placeOf(path: string): Bytes {
  return path.includes('\0') ? '' : posix.toBytes(path);
}

function textOf(bytes: Bytes): string | undefined {
  return posix.fromBytes(bytes) ?? undefined;
}

function refused(problem: ReadProblem): TextRead {
  return { ok: false, problem };
}
