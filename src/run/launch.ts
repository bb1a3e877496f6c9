import type { EnvironmentPatch } from '../execute/effect.ts';
import type { Source } from '../inspect/fact.ts';

export type ServerName = 'gunicorn' | 'mod_wsgi' | 'django-runserver' | 'script' | 'python-script';

/** The one command `run` hands over to. */
export interface Launch {
  readonly server: ServerName;
  /** What is served or run, as the user would name it: `wsgi`, `app:application`, `app.sh`. */
  readonly application: string;
  readonly argv: readonly [string, ...string[]];
  readonly directory: string;
  readonly environment: EnvironmentPatch;
  /** The line printed as `---> …` just before the hand-over. */
  readonly title: string;
  readonly why: string;
  readonly because: readonly Source[];
  /** Lines about this launch: workers and why, init and why, warnings. */
  readonly remarks: readonly string[];
}

/** A way to start that was looked at and not taken. */
export interface Rejected {
  /** `APP_SCRIPT`, `wsgi.py`, `Django` … */
  readonly candidate: string;
  /** Where it was looked for. */
  readonly where: string;
  readonly reason: string;
}
