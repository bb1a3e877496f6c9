import type { Bytes } from './bytes.ts';

/** What stands at a path. */
export interface Status {
  readonly type: 'file' | 'directory' | 'link' | 'other';
  /** Permission bits, 0o7777. */
  readonly mode: number;
  /** Bytes. */
  readonly size: number;
  readonly uid: number;
  readonly gid: number;
  /** Nanoseconds since 1970. */
  readonly modified: bigint;
  readonly accessed: bigint;
}

/**
 * The calls of a file system, by paths that are bytes, as each host makes them: synchronous, one call each. Every one throws
 * an Error with `code` (`ENOENT`) and `syscall`. What is done with them stands in this folder once for all hosts.
 */
export interface Files {
  /** What stands at the path itself, links not followed; undefined when nothing does, or a parent is no directory. */
  readonly look: (path: Bytes) => Status | undefined;
  /** Whether the path leads to a directory, links followed; false when that cannot be told. */
  readonly isDirectory: (path: Bytes) => boolean;
  readonly makeDirectory: (path: Bytes, mode: number) => void;
  readonly rename: (from: Bytes, to: Bytes) => void;
  readonly unlink: (path: Bytes) => void;
  readonly readLink: (path: Bytes) => Bytes;
  readonly symbolicLink: (target: Bytes, path: Bytes) => void;
  /** Writes a file where nothing stands; removes a part of it. Mode before the umask, bits beyond 0777 too. */
  readonly createFile: (path: Bytes, content: Bytes, mode: number) => void;
  /** Makes a private directory with a name that begins so, and gives it. */
  readonly makeTemporary: (prefix: Bytes) => Bytes;
  /** The system's folder for temporary files (TMPDIR), without a slash at its end. */
  readonly temporaryFolder: () => Bytes;
  /** Id of this process, for names that no other process takes. */
  readonly pid: number;
}

/** What work on whole trees needs besides. */
export interface TreeFiles extends Files {
  /** Names in a directory, sorted by byte, without `.` and `..`. */
  readonly list: (path: Bytes) => readonly Bytes[];
  readonly removeDirectory: (path: Bytes) => void;
  /** Whole content of a file. */
  readonly readFile: (path: Bytes) => Bytes;
  /** Copies a file to a path where nothing stands; a part of it may stay when it fails. */
  readonly copyFile: (from: Bytes, to: Bytes) => void;
  readonly changeMode: (path: Bytes, mode: number) => void;
  /** Of the path itself, as the next one. */
  readonly changeOwner: (path: Bytes, uid: number, gid: number) => void;
  readonly changeTimes: (path: Bytes, accessed: bigint, modified: bigint) => void;
  /** Whether this process may give files to others: it is root. */
  readonly mayGive: boolean;
}
