import { conclude, fail } from '../../execute/execute.ts';
import type { Finished, Program } from '../../execute/perform.ts';
import type { Reader } from '../../execute/reader.ts';
import { readBuildSecrets, readSecrets, type Secrets } from '../../inspect/secrets.ts';
import { createNodeHost, type NodeHostOptions } from './index.ts';

/** A hook: what it is called, what it does, and how its process is set up. */
export interface Hook extends NodeHostOptions {
  readonly program: (reader: Reader, secrets: Secrets) => Program<Finished>;
}

/** Runs a hook to its end and sets the exit status of this process. */
export function main(hook: Hook): void {
  const host = createNodeHost(hook);
  const secrets = hook.hook === 'assemble' ? readBuildSecrets(host.reader) : readSecrets(host.reader.environment);
  const format = host.reader.environment.S2I_LOG_FORMAT === 'json' ? 'json' : 'text';
  const drive = host.createDrive({ secrets: secrets.values, format });
  drive(conclude(hook.program(host.reader, secrets))).then(end, (error: unknown) => {
    const detail = error instanceof Error ? error.message : String(error);
    drive(conclude(fail({ kind: 'bug', detail }))).then(end);
  });
}

/** At once: everything is written by then, and what Node does before it ends by itself takes milliseconds. */
function end({ code }: Finished): void {
  process.exit(code);
}
