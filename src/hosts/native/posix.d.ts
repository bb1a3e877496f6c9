/**
 * The one C module of the native host. Byte strings in and out: one code unit (0 to 255) per byte; a unit above 255 anywhere,
 * or a NUL in a path, an argument or an environment entry, throws TypeError. Nothing else throws: a call answers its
 * value, or a negative errno.
 */
declare module 'posix' {
  type Bytes = string;
  /** Negative. */
  type Errno = number;

  // --- text -------------------------------------------------------------------------------------------------------------
  export function toBytes(text: string): Bytes;
  /** Strict UTF-8 (no overlong forms, no surrogates); null when it is none. */
  export function fromBytes(bytes: Bytes): string | null;
  /** Offset of the first byte that is no UTF-8; -1 when all of it is. */
  export function badOffset(bytes: Bytes): number;
  /** Hexadecimal. */
  export function sha256(bytes: Bytes): string;
  /** `ENOENT` for 2 or -2; `E1234` for an unknown number. */
  export function errorName(errno: number): string;

  // --- this process -----------------------------------------------------------------------------------------------------
  export function argv(): Bytes[];
  export function environ(): Bytes[];
  export function identity(): {
    uid: number;
    euid: number;
    gid: number;
    egid: number;
    pid: number;
    ppid: number;
    groups: number[];
  };
  /** CPUs of sched_getaffinity; 0 when unknown. */
  export function processors(): number;
  export function directory(): Bytes | Errno;
  export function changeDirectory(path: Bytes): 0 | Errno;
  /** Sets it and gives the old one. */
  export function umask(mask: number): number;
  /** Milliseconds of CLOCK_MONOTONIC. */
  export function monotonic(): number;
  /** ISO 8601 in UTC with milliseconds, of CLOCK_REALTIME: for log lines. */
  export function timestamp(): string;
  export function exit(code: number): never;

  // --- files ------------------------------------------------------------------------------------------------------------
  export interface FileStatus {
    readonly type: 'file' | 'directory' | 'link' | 'fifo' | 'socket' | 'device';
    readonly mode: number; // permission bits, 0o7777
    readonly size: number;
    readonly uid: number;
    readonly gid: number;
    readonly device: number;
    readonly inode: bigint;
    readonly links: number;
    /** Nanoseconds since 1970. */
    readonly modified: bigint;
    readonly accessed: bigint;
  }
  /** follow 1: stat, 0: lstat. */
  export function status(path: Bytes, follow: 0 | 1): FileStatus | Errno;
  /** Sorted by byte, without `.` and `..`. */
  export function list(path: Bytes): Bytes[] | Errno;
  /**
   * A regular file's content (opened O_NONBLOCK|O_NOCTTY|O_CLOEXEC; files of /proc and /sys whose size is 0 too).
   * -EISDIR for a directory, -ENOTSUP for a FIFO, socket or device, -EFBIG when longer than `max` (the true size, where known,
   * by `status`).
   */
  export function readFile(path: Bytes, max: number): Bytes | Errno;
  /** Creates (O_EXCL), writes all, sets the mode (& ~umask, also bits beyond 0777); unlinks what it made when it fails. */
  export function createFile(path: Bytes, content: Bytes, mode: number): 0 | Errno;
  /**
   * Copies a regular file to a path where nothing stands (O_EXCL; sharing blocks where the file system can), mode 0600
   * until the caller sets it; unlinks a part.
   */
  export function copyFile(from: Bytes, to: Bytes): 0 | Errno;
  export function readLink(path: Bytes): Bytes | Errno;
  export function realPath(path: Bytes): Bytes | Errno;
  export function symbolicLink(target: Bytes, path: Bytes): 0 | Errno;
  export function rename(from: Bytes, to: Bytes): 0 | Errno;
  export function makeDirectory(path: Bytes, mode: number): 0 | Errno;
  export function removeDirectory(path: Bytes): 0 | Errno;
  export function unlink(path: Bytes): 0 | Errno;
  export function changeMode(path: Bytes, mode: number): 0 | Errno;
  /** lchown. -1 leaves one as it is. */
  export function changeOwner(path: Bytes, uid: number, gid: number): 0 | Errno;
  /** utimensat, links not followed. */
  export function changeTimes(path: Bytes, accessed: bigint, modified: bigint): 0 | Errno;
  /** access(2) with X_OK. */
  export function mayExecute(path: Bytes): boolean;
  /** mkdtemp with the six X appended here; private to the user. */
  export function makeTemporary(prefix: Bytes): Bytes | Errno;

  // --- descriptors ------------------------------------------------------------------------------------------------------
  /** Writes all of it, waiting (poll) where the descriptor is full and non-blocking; EINTR is tried again. */
  export function write(descriptor: number, content: Bytes): 0 | Errno;
  export function isTerminal(descriptor: number): boolean;

  // --- whole trees (openat-based, never following a link below the argument itself, any depth, one descriptor per level at most,
  //     fewer where RLIMIT_NOFILE is small) -------------------------------------------------------------------------------
  export interface TreeReport {
    readonly seen: number;
    readonly changed: number;
    readonly removed: number;
    readonly skipped: number;
    /** At most 20, in the order of the walk; names relative or absolute as the Node host gives them. */
    readonly problems: { readonly name: Bytes; readonly errno: number }[];
  }
  /** Group 0, g+rw, g+x as src/hosts/node/trees/normalise.ts does it, same counts, same problems. */
  export function normaliseTree(path: Bytes): TreeReport;
  /** As src/hosts/common/trees/remove.ts. */
  export function removeTree(path: Bytes): TreeReport;
  /** As src/hosts/node/trees/scan.ts: regular files that hold one of the needles, read in pieces that overlap. */
  export function scanTree(
    root: Bytes,
    needles: Bytes[],
  ): { readonly seen: number; readonly hits: Bytes[]; readonly problems: { name: Bytes; errno: number }[] };
  /**
   * As src/hosts/node/trees/archive.ts: a tar archive in a new file (O_EXCL), or on standard output for null; `exclude` as
   * documented in src/execute/effect.ts.
   */
  export function archiveTree(file: Bytes | null, root: Bytes, exclude: Bytes[]): TreeReport;

  // --- programs ---------------------------------------------------------------------------------------------------------
  /** From now on TERM INT QUIT HUP USR1 USR2 WINCH are kept instead of acting, but for those this process was given as ignored or
   * blocked. Idempotent. */
  export function watchSignals(): 0 | Errno;
  /** A kept signal's number, oldest first; 0 when none is pending. */
  export function takeSignal(): number;
  export interface Spec {
    /** Holds a slash; not searched. */
    readonly file: Bytes;
    readonly argv: Bytes[];
    /** `NAME=value`. */
    readonly environment: Bytes[];
    readonly directory: Bytes;
    /** 0: none. After it the group gets TERM, five seconds later KILL. */
    readonly milliseconds: number;
  }
  /**
   * Runs a program in a session of its own (setsid, as the Node host's `detached`), stdin /dev/null, stdout and stderr by
   * pipes; mask and dispositions as this process was started with; descriptors from 3 on closed. poll()s both pipes and the kept signals: each kept signal
   * is passed to the program's group and listed in `signals` (once, in the order of their coming). After the program's end output is waited for two seconds at
   * most. `output` gets what was read as it comes; when it throws, the group is killed and the error goes on.
   * A program that cannot be started: `[errno, stage]`, stage 1 directory, 2 exec.
   */
  export function run(
    spec: Spec,
    output: (stream: 1 | 2, bytes: Bytes) => void,
  ): { readonly code: number; readonly signal: number; readonly timedOut: boolean; readonly signals: number[] } | [Errno, 1 | 2];
  /** Replaces this process: mask, dispositions and limits as it was started with. Comes back only with `[errno, stage]`. */
  export function execute(spec: Omit<Spec, 'milliseconds'>): [Errno, 1 | 2];
  /**
   * An init: starts the program in a process group of its own (given the terminal where there is one), reaps every orphan, passes on TERM INT QUIT HUP USR1 USR2
   * WINCH CONT ALRM and the stop signals, and gives the exit status of the program: its code, or 128 + the signal.
   */
  export function supervise(spec: Omit<Spec, 'milliseconds'>): number | [Errno, 1 | 2];

  // --- probe ------------------------------------------------------------------------------------------------------------
  /**
   * Connects to a numeric address (`127.0.0.1`, `::1`) by TCP, or to the socket at a path (the port says nothing then), sends
   * `request` (may be empty: then the connection itself is the answer, ''), reads until a line has ended, the other side closes or
   * `max` bytes; the whole within `milliseconds` (-ETIMEDOUT).
   */
  export function exchange(address: Bytes, port: number, request: Bytes, max: number, milliseconds: number): Bytes | Errno;
}
