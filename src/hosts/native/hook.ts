import * as posix from 'posix';
import { conclude, fail } from '../../execute/execute.ts';
import type { Finished, Program } from '../../execute/perform.ts';
import type { Reader } from '../../execute/reader.ts';
import { readBuildSecrets, readSecrets, type Secrets } from '../../inspect/secrets.ts';
import { createTextLog, type OutputStream } from '../common/log.ts';
import { drive } from './drive.ts';
import { readRawEnvironment, temporaryFolder } from './environment.ts';
import { createFiles } from './files.ts';
import { createJsonLog } from './json-log.ts';
import { standardOutput } from './output.ts';
import { createReader } from './reader.ts';

/** A hook: what it is called, what it does, and how its process is set up. */
export interface Hook {
  readonly hook: string;
  /** Where progress and the output of programs go; `stderr` where standard output is the product. Default stdout. */
  readonly progress?: OutputStream;
  /** Set for this process and everything it starts; left as it is when absent, as `run` must. */
  readonly umask?: number;
  readonly program: (reader: Reader, secrets: Secrets) => Program<Finished>;
}

/** Runs a hook to its end and gives the exit status. */
export function runHook({ hook, progress = 'stdout', umask, program }: Hook): number {
  if (umask !== undefined) posix.umask(umask);
  const environment = readRawEnvironment();
  const reader = createReader(environment);
  const secrets = hook === 'assemble' ? readBuildSecrets(reader) : readSecrets(reader.environment);
  const options = { hook, progress, secrets: secrets.values };
  const json = reader.environment.S2I_LOG_FORMAT === 'json';
  const log = json ? createJsonLog(options, standardOutput) : createTextLog(options, standardOutput);
  const context = { environment, files: createFiles(temporaryFolder(environment)), log };
  try {
    return drive(conclude(program(reader, secrets)), context).code;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return drive(conclude(fail({ kind: 'bug', detail })), context).code;
  }
}
