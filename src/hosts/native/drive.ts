import type { Effect, Outcome } from '../../execute/effect.ts';
import type { Program } from '../../execute/perform.ts';
import type { RawEnvironment } from '../common/environment.ts';
import type { TreeFiles } from '../common/files.ts';
import type { Log } from '../common/log.ts';
import { isSingle, performSingle } from '../common/single-files.ts';
import { performHandOver } from './hand-over.ts';
import { performRun } from './process.ts';
import { performTree } from './trees.ts';

export interface DriveContext {
  readonly environment: RawEnvironment;
  readonly files: TreeFiles;
  readonly log: Log;
}

/**
 * Performs a program's effects one after the other and gives its result. A fault of the host is thrown into the program, so
 * that it can clean up.
 */
export function drive<T>(program: Program<T>, context: DriveContext): T {
  let step = program.next();
  while (step.done !== true) {
    let outcome: Outcome;
    try {
      outcome = perform(step.value, context);
    } catch (error) {
      step = program.throw(error);
      continue;
    }
    step = program.next(outcome);
  }
  return step.value;
}

function perform(effect: Effect, { environment, files, log }: DriveContext): Outcome {
  if (isSingle(effect)) return performSingle(files, effect);
  switch (effect.kind) {
    case 'say':
      log.say(effect.level, effect.text);
      return { kind: 'done' };
    case 'run':
      return performRun(effect.command, environment, log);
    case 'hand-over':
      return { kind: 'not-handed-over', end: performHandOver(effect.command, environment) };
    default:
      return performTree(effect, files);
  }
}
