import type { EngineName } from './engine.ts';

/** Every way in which work with a container engine fails. Closed union: `words.ts` has words for each member. */
export type EngineFailure =
  // before anything starts
  | { readonly kind: 'no-engine'; readonly tried: readonly Absent[] }
  | { readonly kind: 'unsupported'; readonly engine: EngineName; readonly what: string; readonly instead: string }
  | { readonly kind: 'file-missing'; readonly what: RequestFile; readonly path: string; readonly problem: string }
  // the engine
  | { readonly kind: 'engine-unreachable'; readonly engine: EngineName; readonly detail: string }
  | {
      readonly kind: 'engine-died';
      readonly engine: EngineName;
      readonly doing: string;
      /** Name of a signal, or that it said it had succeeded and left nothing. */
      readonly how: NodeJS.Signals | 'left-nothing';
      readonly lastLines: readonly string[];
    }
  | { readonly kind: 'disk-full'; readonly engine: EngineName; readonly doing: string; readonly detail: string }
  | { readonly kind: 'runtime-refused'; readonly engine: EngineName; readonly detail: string }
  | { readonly kind: 'interrupted'; readonly engine: EngineName; readonly doing: string }
  // a build
  | { readonly kind: 'dockerfile-invalid'; readonly path: string; readonly detail: string }
  | {
      readonly kind: 'base-missing';
      readonly image: string;
      readonly why: 'network' | 'not-found' | 'denied' | 'short-name';
      readonly detail: string;
    }
  | { readonly kind: 'source-missing'; readonly source: string; readonly context: string; readonly detail: string }
  | {
      readonly kind: 'step-failed';
      readonly step: string;
      readonly status: number;
      readonly lastLines: readonly string[];
    }
  // images and containers
  | { readonly kind: 'image-unknown'; readonly engine: EngineName; readonly image: string }
  | { readonly kind: 'container-unknown'; readonly engine: EngineName; readonly container: string }
  | { readonly kind: 'archive-invalid'; readonly path: string; readonly detail: string }
  | { readonly kind: 'command-not-started'; readonly image: string; readonly command: string; readonly detail: string }
  // anything else an engine says
  | {
      readonly kind: 'engine-failed';
      readonly engine: EngineName;
      readonly doing: string;
      readonly status: number;
      readonly lastLines: readonly string[];
    };

/** Files that a request names. */
export type RequestFile = 'dockerfile' | 'context' | 'secret' | 'volume' | 'archive' | 'archive-folder';

/** An engine that cannot be used, and what was found instead. */
export type Absent =
  | { readonly name: EngineName; readonly found: 'no-program' }
  | { readonly name: EngineName; readonly found: 'no-answer'; readonly detail: string };
