import { isUtf8 } from 'node:buffer';
import type { Stats } from 'node:fs';
import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import type { Entry, Identity, Listing, Reader, ReadLimits, ReadProblem, TextRead } from '../../execute/reader.ts';
import { badOffset, fromBytes } from '../common/bytes.ts';
import { type RawEnvironment, textEnvironment, undecodableNames } from '../common/environment.ts';
import { readRawEnvironment } from './environment.ts';
import { countProcessors } from './processors.ts';

export interface ReaderOptions {
  /** Default: what the kernel says this process was given. */
  readonly environment?: RawEnvironment;
  /** Default: the process's working directory. */
  readonly directory?: string;
  /** Default: node:crypto, loaded when it is first asked. */
  readonly sha256?: Reader['sha256'];
}

const defaultLimit = 1024 * 1024;

/** The reading half of the port on Node. Everything `run` needs before its hand-over is here, so it loads nothing else. */
export function createReader(options: ReaderOptions = {}): Reader {
  const directory = options.directory ?? process.cwd();
  const raw = options.environment ?? readRawEnvironment();
  return {
    readText,
    list,
    stat,
    resolve,
    executable,
    environment: textEnvironment(raw),
    undecodable: undecodableNames(raw),
    identity: identity(),
    directory,
    processors: () => countProcessors(),
    sha256: options.sha256 ?? sha256,
  };
}

function readText(path: string, limits: ReadLimits = {}): TextRead {
  const limit = limits.maxBytes ?? defaultLimit;
  let descriptor: number;
  try {
    // Opening a FIFO for reading waits for its writer, unless told not to.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch (error) {
    return refused(whyNotOpened(path, error));
  }
  try {
    const stats = fstatSync(descriptor);
    if (stats.isDirectory()) return refused({ what: 'directory' });
    if (!stats.isFile()) return refused({ what: 'special' });
    if (stats.size > limit) return refused({ what: 'too-large', bytes: stats.size, limit });
    const bytes = readUpTo(descriptor, stats.size, limit);
    return bytes.length > limit ? refused({ what: 'too-large', bytes: bytes.length, limit }) : decode(bytes);
  } catch (error) {
    return refused({ what: 'unreadable', reason: codeOf(error) });
  } finally {
    closeSync(descriptor);
  }
}

/** Reads to the end, also where the size is not known beforehand (files of /proc and /sys say 0); at most `limit` + 1 bytes. */
function readUpTo(descriptor: number, size: number, limit: number): Buffer {
  let buffer = Buffer.allocUnsafe(Math.min(size + 1 || 1, limit + 1));
  let length = 0;
  for (;;) {
    const count = readSync(descriptor, buffer, length, buffer.length - length, null);
    length += count;
    if (count === 0 || length > limit) return buffer.subarray(0, length);
    if (length === buffer.length) {
      const larger = Buffer.allocUnsafe(Math.min(Math.max(4096, length * 2), limit + 1));
      buffer.copy(larger, 0, 0, length);
      buffer = larger;
    }
  }
}

function decode(bytes: Buffer): TextRead {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return refused({ what: 'utf-16', order: 'little' });
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return refused({ what: 'utf-16', order: 'big' });
  if (!isUtf8(bytes)) return refused({ what: 'not-utf8', offset: badOffset(bytes.toString('latin1')) ?? 0 });
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return { ok: true, text: bytes.toString('utf8', bom ? 3 : 0), bom };
}

function whyNotOpened(path: string, error: unknown): ReadProblem {
  const code = codeOf(error);
  if (code === 'EISDIR') return { what: 'directory' };
  // A socket cannot be opened at all.
  if (code === 'ENXIO') return { what: 'special' };
  if ((code === 'ENOENT' || code === 'ELOOP') && lstatSync(path, { throwIfNoEntry: false }) !== undefined)
    return { what: 'dangling' };
  // Node's own word for a NUL, which no name holds.
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ERR_INVALID_ARG_VALUE') return { what: 'absent' };
  return { what: 'unreadable', reason: code };
}

function list(path: string): Listing | undefined {
  try {
    const names = readdirSync(path, { encoding: 'latin1' }).map(fromBytes);
    const text = names.filter((name) => name !== undefined);
    return { names: text.sort(), undecodable: names.length - text.length };
  } catch {
    return undefined;
  }
}

function stat(path: string): Entry | undefined {
  try {
    const own = lstatSync(path, { throwIfNoEntry: false });
    if (own === undefined || !own.isSymbolicLink()) return own && entry(own, false);
    const target = followed(path);
    return target === undefined ? { ...entry(own, true), type: 'dangling' } : entry(target, true);
  } catch {
    return undefined;
  }
}

/** What a link leads to; undefined also for a loop of links and for a path through a directory that may not be searched. */
function followed(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function entry(stats: Stats, link: boolean): Entry {
  const type = stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : 'other';
  return { type, link, mode: stats.mode & 0o7777, size: stats.size, uid: stats.uid, gid: stats.gid };
}

function resolve(path: string): string | undefined {
  try {
    return fromBytes(realpathSync.native(path, 'latin1'));
  } catch {
    return undefined;
  }
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function identity(): Identity {
  return {
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
    groups: process.getgroups?.() ?? [],
    pid: process.pid,
  };
}

/** Loads a module of Node's only when it is asked for: it costs a fraction of a millisecond of `run`. */
function sha256(text: string): string {
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(text, 'utf8').digest('hex');
}

function refused(problem: ReadProblem): TextRead {
  return { ok: false, problem };
}

/** The errno name of a file system error. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
