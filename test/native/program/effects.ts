import * as posix from 'posix';
import type { Effect, Outcome } from '../../../src/execute/effect.ts';
import type { Finished, Program } from '../../../src/execute/perform.ts';
import { createTextLog } from '../../../src/hosts/common/log.ts';
import { drive } from '../../../src/hosts/native/drive.ts';
import { readRawEnvironment, temporaryFolder } from '../../../src/hosts/native/environment.ts';
import { createFiles } from '../../../src/hosts/native/files.ts';
import { runHook } from '../../../src/hosts/native/hook.ts';
import { standardOutput } from '../../../src/hosts/native/output.ts';

/** Performs one effect (JSON) and prints its outcome, after what the effect itself printed. */
export function performOne(json: string, secrets: readonly string[]): number {
  const environment = readRawEnvironment();
  const log = createTextLog({ hook: 'test', progress: 'stdout', secrets }, standardOutput);
  const context = { environment, files: createFiles(temporaryFolder(environment)), log };
  const outcome = drive(single(JSON.parse(textOf(json)) as Effect), context);
  posix.write(1, posix.toBytes(JSON.stringify(outcome)));
  return 0;
}

function* single(effect: Effect): Program<Outcome> {
  return yield effect;
}

/** A hook that performs the effects in a file (JSON). */
export function performHook(file: string): number {
  return runHook({ hook: 'run', program: () => program(file) });
}

function* program(file: string): Program<Finished> {
  const content = posix.readFile(file, 1 << 20);
  for (const effect of JSON.parse(typeof content === 'string' ? textOf(content) : '[]') as Effect[]) {
    const outcome = yield effect;
    if (outcome.kind === 'not-handed-over') yield { kind: 'say', level: 'error', text: JSON.stringify(outcome.end) };
  }
  return { code: 99 };
}

function textOf(bytes: string): string {
  return posix.fromBytes(bytes) ?? '';
}
