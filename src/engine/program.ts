import type { EngineName } from './engine.ts';

/** How an engine is started on this machine. */
export interface EngineProgram {
  readonly name: EngineName;
  /** Name or path of the program. */
  readonly program: string;
  readonly version: string;
  /** The whole environment of the engine. */
  readonly environment: Readonly<Record<string, string>>;
  /** podman: the OCI runtime; default is its own. */
  readonly runtime?: string;
  /** docker: what builds. `legacy` knows no `RUN --mount`. */
  readonly builder?: 'buildx' | 'integrated' | 'legacy';
}

/** One call of an engine. */
export interface Call {
  readonly argv: readonly string[];
  /** Variables beside the engine's environment. */
  readonly environment?: Readonly<Record<string, string>>;
}
