import type { Effect, Outcome } from '../../execute/effect.ts';
import type { Drive, Program } from '../../execute/perform.ts';
import type { RawEnvironment } from '../common/environment.ts';
import type { Log } from '../common/log.ts';
import { isSingle, performSingle } from '../common/single-files.ts';
import { files } from './files.ts';
import { performHandOver } from './hand-over.ts';
import { createSignalWatch, type SignalWatch } from './signals.ts';

export interface DriveOptions {
  readonly environment: RawEnvironment;
  /** A log in JSON has to be loaded first. */
  readonly log: Log | Promise<Log>;
}

/**
 * Performs a program's effects one after the other. It waits only where it must: the way of `run` to its hand-over is one
 * synchronous sweep that loads no library. A fault of the host is thrown into the program, so that it can clean up.
 */
export function createNodeDrive(options: DriveOptions): Drive {
  const signals = createSignalWatch();
  return async <T>(program: Program<T>): Promise<T> => {
    try {
      const log = options.log instanceof Promise ? await options.log : options.log;
      const context = { environment: options.environment, log, signals };
      let step = program.next();
      while (step.done !== true) {
        let outcome: Outcome;
        try {
          const answer = perform(step.value, context);
          outcome = answer instanceof Promise ? await answer : answer;
        } catch (error) {
          step = program.throw(error);
          continue;
        }
        step = program.next(outcome);
      }
      return step.value;
    } finally {
      if (signals.active) await signals.stop();
    }
  };
}

interface Context {
  readonly environment: RawEnvironment;
  readonly log: Log;
  readonly signals: SignalWatch;
}

function perform(effect: Effect, context: Context): Outcome | Promise<Outcome> {
  if (isSingle(effect)) return performSingle(files, effect);
  switch (effect.kind) {
    case 'say':
      context.log.say(effect.level, effect.text);
      return { kind: 'done' };
    case 'run':
      return import('./process.ts').then(({ performRun }) => performRun(effect.command, context));
    case 'hand-over':
      return handOver(effect.command, context);
    default:
      return import('./trees/perform.ts').then(({ performTree }) => performTree(effect));
  }
}

function handOver(command: Parameters<typeof performHandOver>[0], context: Context): Outcome | Promise<Outcome> {
  const go = (): Outcome => ({ kind: 'not-handed-over', end: performHandOver(command, context.environment) });
  if (!context.signals.active) return go();
  return settled(context.signals).then((end) => (end === undefined ? go() : { kind: 'not-handed-over', end }));
}

/** A stopping signal that arrived after the last program must not get lost in the hand-over. */
async function settled(signals: SignalWatch) {
  await signals.stop();
  const signal = signals.takeInterruption();
  if (signal === undefined) return undefined;
  const { constants } = process.getBuiltinModule('node:os');
  return { how: 'signal', signal: constants.signals[signal] } as const;
}
