import type { Failure } from '../failures/failure.ts';
import { migrationFailure } from '../failures/migration.ts';
import type { Notice } from '../failures/notice.ts';
import { renderNotice } from '../failures/notices.ts';
import { exitCodeOf, renderFailure } from '../failures/words.ts';
import { isHook } from '../inspect/user-hooks.ts';
import type { Command, Effect, EnvironmentPatch, Outcome, RunOutcome, TreeProblem } from './effect.ts';
import { type Finished, type Program, Stopped, say } from './perform.ts';
import { type Plan, type Role, type Step, TEMPORARY, type UsedLock } from './plan.ts';

/** What every command of a plan gets in addition to its own patch, e.g. where the merged CA bundle lies. */
export interface ExecuteContext {
  readonly environment: EnvironmentPatch;
  /** What TEMPORARY stands for, where the plan needs such a folder. */
  readonly temporary?: string;
  /** Texts of programs by the word that stands for them in a plan, which they would drown. */
  readonly programs?: Readonly<Record<string, string>>;
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
  yield* sayTime(outcome, step);
  const lock = onFailure.do === 'warn' ? undefined : onFailure.lock;
  const failure = judge(outcome, step.effect, role, lock);
  if (failure === undefined) return;
  if (onFailure.do === 'fail' || failure.kind === 'interrupted') throw new Stopped([failure]);
  yield* sayNotices([onFailure.notice]);
  if (onFailure.do === 'warn') {
    if (failure.kind === 'tree-failed') yield* say('info', namesOf(failure.problems));
    return;
  }
  const second = judge(yield withContext(onFailure.effect, context), onFailure.effect, role, lock);
  if (second !== undefined) throw new Stopped([second]);
}

/** The time of what is the project's own: ours is no secret, but nobody can change it. */
function* sayTime(outcome: Outcome, { id, onFailure }: Step): Program<void> {
  if (onFailure.do !== 'fail' || !isHook(onFailure.role) || outcome.kind !== 'run' || outcome.milliseconds === undefined) return;
  yield* say('info', `${id} took ${Math.round(outcome.milliseconds / 100) / 10} s.`);
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
export function judge(outcome: Outcome, effect: Effect, role: Role, lock?: UsedLock): Failure | undefined {
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
      return judgeRun(outcome, effect, role, lock);
    case 'not-handed-over':
      return { kind: 'bug', detail: 'a plan may not hand over' };
  }
}

/** Where a fetched tool lies, and the program around manage.py with its arguments. */
const INNER = new RegExp(`^${TEMPORARY}/[^/ ]+/bin/| -c @migrate@( \\w+){3}`);

function judgeRun(outcome: RunOutcome, effect: Effect, role: Role, lock?: UsedLock): Failure | undefined {
  if (outcome.interrupted !== undefined) return { kind: 'interrupted', signal: outcome.interrupted };
  if (outcome.end.how === 'exit' && outcome.end.code === 0) return undefined;
  const migration = role === 'migrate' ? migrationFailure(outcome.lastLines) : undefined;
  if (migration !== undefined) return migration;
  const shown = effect.kind === 'run' ? inWords(showCommand(effect.command.argv).replace(INNER, '')) : effect.kind;
  const about = lock === undefined ? {} : { lock };
  return { kind: 'tool-failed', role, shown, end: outcome.end, lastLines: outcome.lastLines, ...about };
}

/** The effect as it is performed: with the variables of the context, and the temporary folder where the plan names it. */
export function withContext(effect: Effect, context: ExecuteContext): Effect {
  if (effect.kind === 'run') return { ...effect, command: inContext(effect.command, context) };
  if (effect.kind === 'write-file') return { ...effect, path: placed(effect.path, context) };
  return effect;
}

/** The same for a command. */
export function inContext(command: Command, context: ExecuteContext): Command {
  const { set, unset } = command.environment;
  // What a step takes away is away, whoever had set it.
  const shared = Object.entries(context.environment.set).filter(([name]) => !unset.includes(name));
  const own = Object.entries(set).map(([name, value]) => [name, placed(value, context)]);
  const [program, ...words] = command.argv;
  return {
    ...command,
    argv: [placed(program, context), ...words.map((word) => context.programs?.[word] ?? placed(word, context))],
    environment: { set: Object.fromEntries([...shared, ...own]), unset: [...context.environment.unset, ...unset] },
  };
}

function placed(text: string, { temporary = TEMPORARY }: ExecuteContext): string {
  return text.replaceAll(TEMPORARY, temporary);
}

/** A command as a person would type it. */
export function showCommand(argv: readonly string[]): string {
  return argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}

/** What a person reads for a place in the temporary folder, which is gone by then. */
export function inWords(text: string): string {
  return text.replaceAll(`${TEMPORARY}/`, '/tmp/…/');
}

/** The same on one line, without what concerns nobody: of a program that stands in it the first one. */
export function showBriefly(argv: readonly string[]): string {
  return showCommand(argv.map((word) => word.replace(/\n.*/s, ' …'))).replace(INNER, '');
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
