import type { Failure } from '../failures/failure.ts';
import type { Notice } from '../failures/notice.ts';
import { renderNotice } from '../failures/notices.ts';
import { exitCodeOf, renderFailure } from '../failures/words.ts';
import type { Effect, EnvironmentPatch, Outcome, RunOutcome, TreeProblem } from './effect.ts';
import { type Finished, type Program, Stopped, say } from './perform.ts';
import type { Plan, Role, Step } from './plan.ts';

/** What every command of a plan gets in addition to its own patch, e.g. where the merged CA bundle lies. */
export interface ExecuteContext {
  readonly environment: EnvironmentPatch;
}

/** Performs a plan step by step; the first failing step stops it (`Stopped`), nothing is decided here. */
export function* execute(plan: Plan, context: ExecuteContext): Program<void> {
  yield* sayNotices(plan.notices);
  for (const step of plan.steps) yield* executeStep(step, context);
}

export function* sayNotices(notices: readonly Notice[]): Program<void> {
  for (const notice of notices) {
    const { level, text } = renderNotice(notice);
    yield* say(level, text);
  }
}

function* executeStep(step: Step, context: ExecuteContext): Program<void> {
  if (step.title !== undefined) yield* say('step', step.title);
  const { onFailure } = step;
  const role = onFailure.do === 'warn' ? 'write-record' : onFailure.role;
  const outcome = yield withContext(step.effect, context);
  yield* sayKept(outcome);
  const failure = judge(outcome, step.effect, role);
  if (failure === undefined) return;
  if (onFailure.do === 'fail' || failure.kind === 'interrupted') throw new Stopped([failure]);
  yield* sayNotices([onFailure.notice]);
  if (onFailure.do === 'warn') {
    if (failure.kind === 'tree-failed') yield* say('info', namesOf(failure.problems));
    return;
  }
  const second = judge(yield withContext(onFailure.effect, context), onFailure.effect, role);
  if (second !== undefined) throw new Stopped([second]);
}

/** Nothing that was written since is lost without a word, nor kept without one. */
function* sayKept(outcome: Outcome): Program<void> {
  if (outcome.kind !== 'tree') return;
  if (outcome.unrecorded !== undefined) {
    yield* say(
      'warning',
      `What was placed could not be recorded (${outcome.unrecorded}): a later build over this tree cannot tell it from files of yours.`,
    );
  }
  if (outcome.kept.length === 0) return;
  const names = outcome.kept.slice(0, 5).join(', ') + (outcome.kept.length > 5 ? ` and ${outcome.kept.length - 5} more` : '');
  yield* say('info', `Kept although the source no longer has it, because it was changed after the last build: ${names}`);
}

/** Which entries a warning is about. */
function namesOf(problems: readonly TreeProblem[]): string {
  const shown = problems.slice(0, 5).map(({ name, detail }) => `| ${name}: ${detail}`);
  return [...shown, ...(problems.length > 5 ? [`| and ${problems.length - 5} more`] : [])].join('\n');
}

/** The failure an outcome means, or undefined when the effect succeeded. */
export function judge(outcome: Outcome, effect: Effect, role: Role): Failure | undefined {
  switch (outcome.kind) {
    case 'done':
    case 'made':
    case 'scanned':
      return undefined;
    case 'refused':
      return { kind: 'tree-failed', role, problems: [outcome.problem] };
    case 'tree':
      return outcome.problems.length > 0 ? { kind: 'tree-failed', role, problems: outcome.problems } : undefined;
    case 'run':
      return judgeRun(outcome, effect, role);
    case 'not-handed-over':
      return { kind: 'bug', detail: 'a plan may not hand over' };
  }
}

function judgeRun(outcome: RunOutcome, effect: Effect, role: Role): Failure | undefined {
  if (outcome.interrupted !== undefined) return { kind: 'interrupted', signal: outcome.interrupted };
  if (outcome.end.how === 'exit' && outcome.end.code === 0) return undefined;
  const shown = effect.kind === 'run' ? showCommand(effect.command.argv) : effect.kind;
  return { kind: 'tool-failed', role, shown, end: outcome.end, lastLines: outcome.lastLines };
}

function withContext(effect: Effect, { environment }: ExecuteContext): Effect {
  if (effect.kind !== 'run') return effect;
  const own = effect.command.environment;
  const merged = { set: { ...environment.set, ...own.set }, unset: [...environment.unset, ...own.unset] };
  return { ...effect, command: { ...effect.command, environment: merged } };
}

/** A command as a person would type it. */
export function showCommand(argv: readonly string[]): string {
  return argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}

/** A program that only fails. */
export function* fail(failure: Failure): Program<Finished> {
  yield* sayNotices([]);
  throw new Stopped([failure]);
}

/** Ends a hook: failures become their words on the error stream and an exit status. */
export function* conclude(body: Program<Finished>): Program<Finished> {
  try {
    return yield* body;
  } catch (stopped) {
    if (!(stopped instanceof Stopped)) throw stopped;
    for (const failure of stopped.failures) yield* say('error', renderFailure(failure));
    return { code: exitCodeOf(stopped.failures) };
  }
}
