import type { Drive } from '../../execute/perform.ts';
import type { Reader } from '../../execute/reader.ts';
import type { OutputStream } from '../common/log.ts';
import { createNodeDrive } from './drive.ts';
import { readRawEnvironment } from './environment.ts';
import { createLog } from './log.ts';
import { createReader } from './reader.ts';
import { shieldStandardStreams } from './standard-streams.ts';

export { createReader } from './reader.ts';

export interface NodeHostOptions {
  /** Name of the hook, for the log. */
  readonly hook: string;
  /** Where progress and the output of programs go; `stderr` where standard output is the product. Default stdout. */
  readonly progress?: OutputStream;
  /** Set for this process and everything it starts; left as it is when absent, as `run` must. */
  readonly umask?: number;
  /** Default: node:crypto, which takes 4 ms to load. */
  readonly sha256?: Reader['sha256'];
}

export interface NodeHost {
  readonly reader: Reader;
  /**
   * Makes what performs effects, once it is known what must not be printed.
   * `format` is the value of S2I_LOG_FORMAT.
   */
  readonly createDrive: (log: { readonly secrets: readonly string[]; readonly format: 'text' | 'json' }) => Drive;
}

/** The host of the full image and of a developer's machine. */
export function createNodeHost(options: NodeHostOptions): NodeHost {
  if (options.umask !== undefined) process.umask(options.umask);
  shieldStandardStreams();
  const environment = readRawEnvironment();
  const { hook, progress = 'stdout' } = options;
  return {
    reader: createReader({ environment, ...(options.sha256 === undefined ? {} : { sha256: options.sha256 }) }),
    createDrive: ({ secrets, format }) => createNodeDrive({ environment, log: createLog({ hook, progress, secrets, format }) }),
  };
}
