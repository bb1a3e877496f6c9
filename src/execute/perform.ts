import type { Failure } from '../failures/failure.ts';
import type { Command, Effect, HandOver, Outcome, RunOutcome, Say, TreeOutcome } from './effect.ts';

/** A sequence of effects with a result. It yields one effect at a time and receives its outcome; it never calls a host. */
export type Program<T> = Generator<Effect, T, Outcome>;

/** How a hook ends when it does not hand over. */
export interface Finished {
  /** Exit status of the hook. */
  readonly code: number;
}

/** Performs the effects of a program and ends with its result. Implemented by each host. */
export type Drive = <T>(program: Program<T>) => Promise<T>;

/** Thrown inside a program to end it with failures; `conclude` turns it into words and an exit status. */
export class Stopped extends Error {
  readonly failures: readonly Failure[];
  constructor(failures: readonly Failure[]) {
    super('stopped');
    this.failures = failures;
  }
}

export function* say(level: Say['level'], text: string): Program<void> {
  yield { kind: 'say', level, text };
}

/** Runs a command and gives its outcome, whatever it is. */
export function* run(command: Command): Program<RunOutcome> {
  const outcome = yield { kind: 'run', command };
  if (outcome.kind !== 'run') throw mismatch('run', outcome);
  return outcome;
}

/** Runs a command for its answer. A stop signal that came meanwhile ends the program. */
export function* ask(command: Command): Program<RunOutcome> {
  const outcome = yield* run(command);
  if (outcome.interrupted !== undefined) throw new Stopped([{ kind: 'interrupted', signal: outcome.interrupted }]);
  return outcome;
}

/** Performs a tree effect and gives its report. */
export function* tree(effect: Effect): Program<TreeOutcome> {
  const outcome = yield effect;
  if (outcome.kind === 'tree') return outcome;
  if (outcome.kind === 'refused') {
    return { kind: 'tree', seen: 0, changed: 0, removed: 0, copied: 0, skipped: 0, kept: [], problems: [outcome.problem] };
  }
  throw mismatch(effect.kind, outcome);
}

/** Performs an effect that answers `done` or `refused`. */
export function* act(effect: Effect): Program<TreeOutcome['problems'][number] | undefined> {
  const outcome = yield effect;
  if (outcome.kind === 'done' || outcome.kind === 'made') return undefined;
  if (outcome.kind === 'refused') return outcome.problem;
  throw mismatch(effect.kind, outcome);
}

/** Replaces this process. Only comes back, with the failure, when that was not possible. */
export function* handOver(command: HandOver['command']): Program<Failure> {
  const outcome = yield { kind: 'hand-over', command };
  if (outcome.kind !== 'not-handed-over') throw mismatch('hand-over', outcome);
  return { kind: 'not-started', program: command.argv[0], end: outcome.end };
}

export function mismatch(effect: string, outcome: Outcome): Stopped {
  return new Stopped([{ kind: 'bug', detail: `the host answered ${outcome.kind} to ${effect}` }]);
}
