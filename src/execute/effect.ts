/**
 * Everything the toolkit can do to the world, as data. A host performs one effect at a time and answers with the
 * outcome of the same kind. Plans consist of these; nothing else in the core acts.
 */
export type Effect =
  | Say
  | Run
  | ImportTree
  | NormaliseTree
  | RemoveTree
  | ArchiveTree
  | ScanTree
  | WriteFile
  | MakeDirectory
  | MakeTemporary
  | ReplaceLink
  | HandOver;

/** One line (or more) for the reader of the build log. `step` is printed after `---> `. */
export interface Say {
  readonly kind: 'say';
  readonly level: 'step' | 'info' | 'warning' | 'error';
  readonly text: string;
}

/** Runs a program and waits for it. */
export interface Run {
  readonly kind: 'run';
  readonly command: Command;
}

/**
 * Brings every entry of `from` into `to`: moved where it can be, else copied. `record` remembers what was placed, so
 * that a later import removes what the new source lacks and leaves alone what the application created.
 */
export interface ImportTree {
  readonly kind: 'import-tree';
  readonly from: string;
  readonly to: string;
  readonly record: string;
}

/**
 * Gives every entry under `path` group 0, g+rw, and g+x where its owner may execute (always for directories).
 * Links are never followed, except `path` itself. Only entries of the current user are changed unless it is root.
 */
export interface NormaliseTree {
  readonly kind: 'normalise-tree';
  readonly path: string;
}

export interface RemoveTree {
  readonly kind: 'remove-tree';
  readonly path: string;
}

/** Writes a tar archive of `root`: sorted, owner 0, without the entries that `exclude` matches. */
export interface ArchiveTree {
  readonly kind: 'archive-tree';
  readonly root: string;
  /** A file that does not exist yet; standard output when absent. */
  readonly file?: string;
  /** Anchored patterns relative to `root`; `*` does not match `/`. */
  readonly exclude: readonly string[];
}

/** Counts regular files under `root` that hold one of the `needles` (bytes of their UTF-8 form). */
export interface ScanTree {
  readonly kind: 'scan-tree';
  readonly root: string;
  readonly needles: readonly string[];
}

/** Writes a whole file or nothing (temporary file, rename); missing folders above it are made. */
export interface WriteFile {
  readonly kind: 'write-file';
  readonly path: string;
  readonly text: string;
  /** Permission bits before the umask. */
  readonly mode: number;
}

/** Makes a directory and its missing parents. */
export interface MakeDirectory {
  readonly kind: 'make-directory';
  readonly path: string;
}

/** Makes an empty private directory below the system's temporary directory; the outcome holds its path. */
export interface MakeTemporary {
  readonly kind: 'make-temporary';
  readonly prefix: string;
}

/** Makes `path` a symbolic link to `target`, replacing a link that stands there. */
export interface ReplaceLink {
  readonly kind: 'replace-link';
  readonly path: string;
  readonly target: string;
}

/** Replaces this process by the command (execve). Answers only when that was not possible. */
export interface HandOver {
  readonly kind: 'hand-over';
  readonly command: Pick<Command, 'argv' | 'directory' | 'environment'>;
}

export interface Command {
  readonly argv: readonly [string, ...string[]];
  /** Absolute working directory. */
  readonly directory: string;
  /** Applied to the environment this process was given. */
  readonly environment: EnvironmentPatch;
  /** `pass`: printed line by line as it comes. `keep`: standard output is the answer, nothing is printed. `drop`: neither. */
  readonly output: 'pass' | 'keep' | 'drop';
  /** After this many seconds the process group is ended. */
  readonly timeLimit?: number;
}

export interface EnvironmentPatch {
  readonly set: Readonly<Record<string, string>>;
  readonly unset: readonly string[];
}

/** Signals that a hook passes on to the child it waits for. */
export type SignalName = 'SIGTERM' | 'SIGINT' | 'SIGQUIT' | 'SIGHUP' | 'SIGUSR1' | 'SIGUSR2' | 'SIGWINCH';

/** How a program ended; the same on every host. */
export type End =
  | { readonly how: 'exit'; readonly code: number }
  | { readonly how: 'signal'; readonly signal: number }
  | { readonly how: 'timed-out'; readonly seconds: number }
  | { readonly how: 'not-found'; readonly what: 'program' | 'directory'; readonly path: string }
  | { readonly how: 'not-executable'; readonly path: string; readonly reason: string };

export interface RunOutcome {
  readonly kind: 'run';
  readonly end: End;
  /** Standard output, only for `output: 'keep'`. */
  readonly stdout: string;
  /** The last lines of both streams together (at most 40), redacted. */
  readonly lastLines: readonly string[];
  /** How long it ran; absent where it was not started. */
  readonly milliseconds?: number;
  /** The first stopping signal this process received meanwhile. */
  readonly interrupted?: SignalName;
}

/** What a tree operation did. Names are escaped for display (`\xNN` for what is no UTF-8). */
export interface TreeOutcome {
  readonly kind: 'tree';
  readonly seen: number;
  readonly changed: number;
  readonly removed: number;
  /** Entries that were copied because moving was not possible. */
  readonly copied: number;
  /** Why the first of them could not be moved, as an errno name: EXDEV, EROFS, EACCES, EPERM or EBUSY. */
  readonly copyReason?: string;
  /** Entries left alone because they belong to somebody else. */
  readonly skipped: number;
  /** What an earlier import placed and the new source lacks, but was changed since and is therefore still there. */
  readonly kept: readonly string[];
  /** Why the record of an import could not be written although the sources were placed, as an errno name. */
  readonly unrecorded?: string;
  readonly problems: readonly TreeProblem[];
}

export interface TreeProblem {
  readonly name: string;
  readonly reason: 'read-only' | 'no-space' | 'denied' | 'not-found' | 'quota' | 'too-deep' | 'in-the-way' | 'other';
  readonly detail: string;
}

export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly problem: TreeProblem }
  | { readonly kind: 'made'; readonly path: string }
  | { readonly kind: 'scanned'; readonly seen: number; readonly hits: readonly string[] }
  | { readonly kind: 'not-handed-over'; readonly end: End }
  | RunOutcome
  | TreeOutcome;
