/**
 * What the core may ask a host while it reads facts. All of it is synchronous, and nothing here changes anything.
 * Paths are text; names that are no UTF-8 are never handed to the core (`list` counts them).
 */
export interface Reader {
  /** Reads a whole file as strict UTF-8; a byte order mark is stripped and reported. */
  readText(path: string, limits?: ReadLimits): TextRead;
  /** Names in a directory, sorted by code unit, without `.` and `..`; undefined when it is no readable directory. */
  list(path: string): Listing | undefined;
  /** What stands at a path, links followed for `type`; undefined when nothing does (a dangling link has `type: 'dangling'`). */
  stat(path: string): Entry | undefined;
  /** The path with every link resolved; undefined when it does not exist. */
  resolve(path: string): string | undefined;
  /** True when this process may execute the file. */
  executable(path: string): boolean;
  /** The environment this process was given: the entries that are UTF-8. Entries that are not still reach children. */
  readonly environment: Readonly<Record<string, string>>;
  /** Names of variables whose value is no UTF-8, so that the core cannot read them. */
  readonly undecodable: readonly string[];
  readonly identity: Identity;
  /** The working directory this process was started in. */
  readonly directory: string;
  /** CPUs this process may be scheduled on (sched_getaffinity), at least 1; 0 when unknown. */
  processors(): number;
  /** Hexadecimal SHA-256 of the UTF-8 form of a text. */
  sha256(text: string): string;
}

export interface ReadLimits {
  /** Larger files are refused with `too-large`. Bytes; default 1 MiB. */
  readonly maxBytes?: number;
}

export type TextRead =
  | { readonly ok: true; readonly text: string; readonly bom: boolean }
  | { readonly ok: false; readonly problem: ReadProblem };

export type ReadProblem =
  | { readonly what: 'absent' }
  | { readonly what: 'directory' }
  | { readonly what: 'special' }
  | { readonly what: 'dangling' }
  | { readonly what: 'unreadable'; readonly reason: string }
  | { readonly what: 'too-large'; readonly bytes: number; readonly limit: number }
  | { readonly what: 'utf-16'; readonly order: 'little' | 'big' }
  | { readonly what: 'not-utf8'; readonly offset: number };

export interface Listing {
  readonly names: readonly string[];
  /** How many names were left out because they are no UTF-8. */
  readonly undecodable: number;
}

export interface Entry {
  readonly type: 'file' | 'directory' | 'dangling' | 'other';
  /** True when the path itself is a symbolic link. */
  readonly link: boolean;
  /** Permission bits (0o7777) of what the link leads to. */
  readonly mode: number;
  /** Bytes. */
  readonly size: number;
  readonly uid: number;
  readonly gid: number;
}

export interface Identity {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  readonly pid: number;
}
