import * as posix from 'posix';
import type { Effect } from '../../../src/execute/effect.ts';
import type { Finished, Program } from '../../../src/execute/perform.ts';
import { createTextLog } from '../../../src/hosts/common/log.ts';
import { drive } from '../../../src/hosts/native/drive.ts';
import { readRawEnvironment, temporaryFolder } from '../../../src/hosts/native/environment.ts';
import { createFiles } from '../../../src/hosts/native/files.ts';
import { runHook } from '../../../src/hosts/native/hook.ts';
import { createJsonLog } from '../../../src/hosts/native/json-log.ts';
import { standardOutput } from '../../../src/hosts/native/output.ts';
import { type PerformRequest, performing } from '../../support/performing.ts';

/** Performs what a request (JSON) asks, and ends standard error with the outcomes as a line of JSON. */
export function performEffects(json: string): number {
  const request = JSON.parse(textOf(json)) as PerformRequest;
  const { effects, hook = 'test', format = 'text', progress = 'stdout', secrets = [], umask } = request;
  if (umask !== undefined) posix.umask(umask);
  const environment = readRawEnvironment();
  const options = { hook, progress, secrets };
  const log = format === 'json' ? createJsonLog(options, standardOutput) : createTextLog(options, standardOutput);
  const context = { environment, files: createFiles(temporaryFolder(environment)), log };
  const outcomes = drive(performing(effects), context);
  posix.write(2, posix.toBytes(`\n${JSON.stringify(outcomes)}`));
  return 0;
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
