import type { End, SignalName, TreeProblem } from '../execute/effect.ts';
import type { Role } from '../execute/plan.ts';
import type { ReadProblem } from '../execute/reader.ts';
import type { Rejected } from '../run/launch.ts';

/** Every way to fail. Closed union: a new member does not compile until `words.ts` has words and an exit code for it. */
export type Failure =
  // settings
  | {
      readonly kind: 'setting-value';
      readonly setting: string;
      readonly value: string;
      readonly expected: string;
      readonly example: string;
    }
  | { readonly kind: 'setting-not-text'; readonly setting: string }
  | { readonly kind: 'pipenv-and-micropipenv' }
  /** A warning, under S2I_STRICT. */
  | { readonly kind: 'strict'; readonly warning: string }
  // manifests
  | { readonly kind: 'manifest-unreadable'; readonly file: string; readonly problem: ReadProblem }
  | {
      readonly kind: 'manifest-syntax';
      readonly file: string;
      readonly format: 'TOML' | 'JSON' | 'INI';
      readonly line?: number;
      readonly column?: number;
      /** The line that is quoted; empty at the end of the file. */
      readonly near?: string;
      /** The parser's reason. */
      readonly reason?: string;
      /** The program that writes such a file, when people do not. */
      readonly writtenBy?: string;
    }
  | { readonly kind: 'manifest-bom'; readonly file: string; readonly reader: string }
  | { readonly kind: 'manifest-nesting'; readonly file: string; readonly limit: number }
  | {
      readonly kind: 'manifest-shape';
      readonly file: string;
      readonly key: string;
      readonly found: string;
      readonly expected: string;
      readonly write?: string;
      readonly writtenBy?: string;
    }
  | { readonly kind: 'setup-cfg-alone'; readonly file: string }
  | {
      readonly kind: 'requirement-file-missing';
      readonly file: string;
      readonly line: number;
      readonly option: string;
      readonly target: string;
      /** Files that could have been meant. */
      readonly similar: readonly string[];
    }
  | { readonly kind: 'requirement-file-circular'; readonly file: string; readonly line: number; readonly target: string }
  // assemble
  | { readonly kind: 'source-locked'; readonly path: string }
  | {
      readonly kind: 'tool-failed';
      readonly role: Role;
      readonly shown: string;
      readonly end: End;
      readonly lastLines: readonly string[];
    }
  | { readonly kind: 'tree-failed'; readonly role: Role; readonly problems: readonly TreeProblem[] }
  | { readonly kind: 'python-missing'; readonly program: string }
  | { readonly kind: 'venv-broken'; readonly path: string; readonly reason: string }
  | {
      readonly kind: 'ca-bundle';
      readonly path: string;
      readonly setting: string;
      readonly problem: ReadProblem | { readonly what: 'no-certificate' };
    }
  // run
  | {
      readonly kind: 'app-home-missing';
      readonly value: string;
      readonly path: string;
      /** Folders that could have been meant. */
      readonly similar?: readonly string[];
    }
  | {
      readonly kind: 'app-file-missing';
      readonly setting: 'APP_SCRIPT' | 'APP_FILE' | 'APP_CONFIG';
      readonly value: string;
      readonly directory: string;
      readonly similar: readonly string[];
      /** What stands there when it is no file. */
      readonly instead?: 'directory' | 'dangling' | 'other';
    }
  | { readonly kind: 'script-not-executable'; readonly path: string }
  | { readonly kind: 'script-crlf'; readonly path: string }
  | { readonly kind: 'script-interpreter-missing'; readonly path: string; readonly interpreter: string }
  | { readonly kind: 'unbalanced-quote'; readonly setting: string; readonly value: string }
  | { readonly kind: 'several-wsgi-modules'; readonly modules: readonly string[] }
  | { readonly kind: 'server-not-installed'; readonly server: string; readonly requirement: string }
  | { readonly kind: 'server-without-application'; readonly server: string }
  | {
      readonly kind: 'no-launch';
      readonly directory: string;
      readonly rejected: readonly Rejected[];
      readonly frameworks: readonly string[];
      /** Python files that could be the application. */
      readonly pythonFiles: readonly string[];
    }
  | { readonly kind: 'not-started'; readonly program: string; readonly end: End }
  // everywhere
  | { readonly kind: 'interrupted'; readonly signal: SignalName }
  | { readonly kind: 'bug'; readonly detail: string };
