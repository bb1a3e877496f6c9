import type { Reader } from '../../execute/reader.ts';
import type { NeededLibrary } from '../../inspect/libraries/answer.ts';
import { join } from '../../inspect/paths.ts';
import { SAVED_ENVIRONMENT, STAMP } from '../places.ts';

/**
 * Version of the stamp and of the stream that save-artifacts writes. 1: the environment file by file. 2: the stamp, and the
 * environment as one archive (docs/decisions/0006).
 */
export const STAMP_FORMAT = 2;

/** What decided an installed environment. Written by assemble, streamed by save-artifacts, compared by the next assemble. */
export interface Stamp {
  readonly format: number;
  readonly installer: string;
  readonly interpreter: Interpreter;
  /** SHA-256 over every file and setting that decided what was installed. */
  readonly digest: string;
  readonly packages: readonly StampedPackage[];
  /** For requirements with hashes: name → SHA-256 of its line. A changed line means another archive. */
  readonly hashed: Readonly<Record<string, string>>;
  /** Shared libraries that the packages need beyond those of every flavour; absent where there are none. */
  readonly libraries?: readonly NeededLibrary[];
}

export interface StampedPackage {
  readonly name: string;
  readonly version: string;
}

/** What must agree before one machine's installed files may be used by another. */
export interface Interpreter {
  /** e.g. `3.13` */
  readonly python: string;
  /** e.g. `cpython-313-x86_64-linux-gnu`: implementation, version, architecture and libc in one. */
  readonly abi: string;
}

export type SavedStamp =
  | { readonly state: 'none' }
  | { readonly state: 'unusable'; readonly reason: string }
  | { readonly state: 'present'; readonly stamp: Stamp };

/** Reads the stamp that came with the artifacts. An empty or missing folder is no artifacts (A7). */
export function readSavedStamp(reader: Reader, artifacts: string): SavedStamp {
  if ((reader.list(artifacts)?.names.length ?? 0) === 0) return { state: 'none' };
  const read = reader.readText(join(artifacts, STAMP), { maxBytes: 16 * 1024 * 1024 });
  if (!read.ok) return { state: 'unusable', reason: 'they carry no readable stamp' };
  const saved = parseStamp(read.text);
  const archive = reader.stat(join(artifacts, SAVED_ENVIRONMENT));
  return saved.state === 'present' && archive?.type !== 'file'
    ? { state: 'unusable', reason: `they carry no ${SAVED_ENVIRONMENT}` }
    : saved;
}

/** Reads the stamp of the environment itself, which a build has left there. */
export function readStandingStamp(reader: Reader, stamp: string): SavedStamp {
  const read = reader.readText(stamp, { maxBytes: 16 * 1024 * 1024 });
  return read.ok ? parseStamp(read.text) : { state: 'none' };
}

export function parseStamp(text: string): SavedStamp {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { state: 'unusable', reason: 'their stamp is no JSON' };
  }
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined;
  if (format !== STAMP_FORMAT)
    return {
      state: 'unusable',
      reason:
        format === undefined
          ? 'their stamp names no format'
          : `their format is ${String(format)}, this assemble reads ${STAMP_FORMAT}`,
    };
  return isStamp(value) ? { state: 'present', stamp: value } : { state: 'unusable', reason: 'their stamp is incomplete' };
}

function isStamp(value: unknown): value is Stamp {
  const stamp = value as Partial<Stamp>;
  return (
    typeof stamp.installer === 'string' &&
    typeof stamp.digest === 'string' &&
    typeof stamp.interpreter?.python === 'string' &&
    typeof stamp.interpreter.abi === 'string' &&
    typeof stamp.hashed === 'object' &&
    stamp.hashed !== null &&
    Array.isArray(stamp.packages) &&
    stamp.packages.every((one: unknown) => isPackage(one)) &&
    (stamp.libraries === undefined || (Array.isArray(stamp.libraries) && stamp.libraries.every((one: unknown) => isLibrary(one))))
  );
}

function isPackage(value: unknown): boolean {
  const one = value as Partial<StampedPackage> | null;
  return typeof one?.name === 'string' && /^[\w.-]+$/.test(one.name) && typeof one.version === 'string';
}

function isLibrary(value: unknown): boolean {
  const one = value as Partial<NeededLibrary> | null;
  const named = typeof one?.library === 'string' && /^[^/\s]+$/.test(one.library);
  return named && Array.isArray(one.users) && (one.package === null || typeof one.package === 'string');
}

/** A stamp of this format; no libraries are left out. */
export function makeStamp({ libraries, ...known }: Omit<Required<Stamp>, 'format'>): Stamp {
  return { format: STAMP_FORMAT, ...known, ...(libraries.length === 0 ? {} : { libraries }) };
}

export function renderStamp(stamp: Stamp): string {
  return `${JSON.stringify(stamp, undefined, 1)}\n`;
}
