import type { EnvironmentPatch, Say } from '../execute/effect.ts';
import type { PageServer } from '../inspect/applications/answer.ts';
import type { Source } from '../inspect/fact.ts';
import type { AppServer } from './facts.ts';

export type ServerName = AppServer | PageServer | 'django-runserver' | 'script' | 'python-script' | 'process' | 'console-script';

/** The one command `run` hands over to. */
export interface Launch {
  readonly server: ServerName;
  /** What is served or run, as the user would name it: `wsgi`, `app:application`, `app.sh`. */
  readonly application: string;
  /** The word TEMPORARY in it stands for the directory that `temporary` asks for. */
  readonly argv: readonly [string, ...string[]];
  readonly directory: string;
  readonly environment: EnvironmentPatch;
  /** What is said, in order, just before the hand-over: the title lines as steps, then workers, init and warnings. */
  readonly lines: readonly Line[];
  readonly why: string;
  readonly because: readonly Source[];
  /** The application object that the server imports, as `module` or `module:expression`. */
  readonly imports?: string;
  /** Prefix of the name of a fresh private directory that the command needs. */
  readonly temporary?: string;
}

/** Stands in `argv` for a directory that exists only when the launch happens. */
export const TEMPORARY = '@temporary@';

export interface Line {
  readonly level: Say['level'];
  readonly text: string;
}

/** A way to start that was looked at and not taken. */
export interface Rejected {
  /** `APP_SCRIPT`, `wsgi.py`, `Django` … */
  readonly candidate: string;
  /** Where it was looked for. */
  readonly where: string;
  readonly reason: string;
}
