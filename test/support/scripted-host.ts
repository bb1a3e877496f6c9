import type { Effect, Outcome, RunOutcome, Say } from '../../src/execute/effect.ts';
import type { Program } from '../../src/execute/perform.ts';

/** A fixed answer to the first effect it fits; `times` limits how often it is given (default: always). */
export interface ScriptedAnswer {
  readonly to: (effect: Effect) => boolean;
  readonly outcome: Outcome;
  readonly times?: number;
}

export interface Performed<T> {
  readonly result: T;
  /** Every effect in order. */
  readonly effects: readonly Effect[];
  /** The printed lines as the text log prints them. */
  readonly printed: readonly string[];
}

/** Performs a program against scripted answers; what none fits succeeds without doing anything. */
export function performScripted<T>(program: Program<T>, answers: readonly ScriptedAnswer[] = []): Performed<T> {
  const effects: Effect[] = [];
  const given = new Map<ScriptedAnswer, number>();
  let step = program.next();
  while (step.done !== true) {
    const effect = step.value;
    effects.push(effect);
    const answer = answers.find((one) => one.to(effect) && (given.get(one) ?? 0) < (one.times ?? Number.POSITIVE_INFINITY));
    if (answer !== undefined) given.set(answer, (given.get(answer) ?? 0) + 1);
    step = program.next(answer?.outcome ?? success(effect));
  }
  return { result: step.value, effects, printed: effects.filter((effect) => effect.kind === 'say').map(printed) };
}

/** An answer to a command that begins with these words. */
export function toCommand(words: readonly string[], outcome: Partial<Omit<RunOutcome, 'kind'>> = {}): ScriptedAnswer {
  return {
    to: (effect) => effect.kind === 'run' && words.every((word, index) => effect.command.argv[index] === word),
    outcome: ran(outcome),
  };
}

/** An answer to every effect of a kind. */
export function toEvery(kind: Effect['kind'], outcome: Outcome): ScriptedAnswer {
  return { to: (effect) => effect.kind === kind, outcome };
}

/** A finished program; by default with status 0 and no output. */
export function ran(outcome: Partial<Omit<RunOutcome, 'kind'>> = {}): RunOutcome {
  return { kind: 'run', end: { how: 'exit', code: 0 }, stdout: '', lastLines: [], milliseconds: 1234, ...outcome };
}

function success(effect: Effect): Outcome {
  switch (effect.kind) {
    case 'run':
      return ran();
    case 'import-tree':
    case 'normalise-tree':
    case 'remove-tree':
    case 'archive-tree':
      return { kind: 'tree', seen: 0, changed: 0, removed: 0, copied: 0, skipped: 0, kept: [], problems: [] };
    case 'scan-tree':
      return { kind: 'scanned', seen: 0, hits: [] };
    case 'make-temporary':
      return { kind: 'made', path: `/tmp/${effect.prefix}scripted` };
    case 'hand-over':
      // A test that expects the hand-over looks for the effect; the program must go on somehow.
      return { kind: 'not-handed-over', end: { how: 'exit', code: 0 } };
    default:
      return { kind: 'done' };
  }
}

function printed({ level, text }: Say): string {
  const prefixes = { step: '---> ', info: '', warning: 'WARNING: ', error: 'ERROR: ' };
  return `${prefixes[level]}${text}`;
}
