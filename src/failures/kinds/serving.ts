import type { End } from '../../execute/effect.ts';
import type { Rejected } from '../../run/launch.ts';

/** Why no server serves the application. */
export type ServingFailure =
  | { readonly kind: 'unbalanced-quote'; readonly setting: string; readonly value: string }
  | { readonly kind: 'several-wsgi-modules'; readonly modules: readonly string[] }
  | { readonly kind: 'server-not-installed'; readonly server: string; readonly requirement: string }
  | { readonly kind: 'server-without-application'; readonly server: string }
  | { readonly kind: 'several-applications'; readonly applications: readonly string[] }
  | {
      readonly kind: 'no-server-for-protocol';
      readonly application: string;
      readonly protocol: 'asgi' | 'wsgi' | 'unknown';
      /** The servers that are there and speak another protocol. */
      readonly installed: readonly string[];
    }
  /** An import while the image was built: only what certainly is not there. */
  | {
      readonly kind: 'application-missing';
      readonly server: string;
      readonly application: string;
      /** What names it. */
      readonly why: string;
      readonly missing: 'module' | 'attribute';
      /** The module or the attribute. */
      readonly name: string;
      /** Names that could have been meant. */
      readonly similar: readonly string[];
    }
  | { readonly kind: 'no-factory'; readonly server: string; readonly application: string }
  | {
      readonly kind: 'no-launch';
      readonly directory: string;
      readonly rejected: readonly Rejected[];
      readonly frameworks: readonly string[];
      /** Python files that could be the application. */
      readonly pythonFiles: readonly string[];
      readonly hint?: StartHint;
    }
  | { readonly kind: 'not-started'; readonly program: string; readonly end: End };

/** What could be started: a line of Procfile, a program of the project, a file that starts itself, a folder by a file in it. */
export type StartHint =
  | { readonly is: 'process' | 'script'; readonly name: string }
  | { readonly is: 'program' | 'folder'; readonly file: string };
