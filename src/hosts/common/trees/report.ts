import type { TreeOutcome, TreeProblem } from '../../../execute/effect.ts';
import { type Bytes, shown } from '../bytes.ts';
import { errnoOf, problemOf } from '../problems.ts';

/** What a tree operation has done so far. */
export interface Report {
  seen: number;
  changed: number;
  removed: number;
  copied: number;
  skipped: number;
  /** Set when going on makes no sense: every further entry would fail alike. */
  stopped: boolean;
  copyReason?: string;
  /** Set when moving, or taking away what was copied, is known to be impossible for the whole tree. */
  immovable: boolean;
  fixed: boolean;
  unrecorded?: string;
  readonly kept: string[];
  readonly problems: TreeProblem[];
}

/** More problems than this are not listed; the first ones tell the cause. */
const mostProblems = 20;

export function createReport(): Report {
  return {
    seen: 0,
    changed: 0,
    removed: 0,
    copied: 0,
    skipped: 0,
    stopped: false,
    immovable: false,
    fixed: false,
    kept: [],
    problems: [],
  };
}

/** Notes a file system error; anything else is thrown on. */
export function note(report: Report, name: Bytes, error: unknown): void {
  const problem = problemOf(name, error);
  if (problem.reason === 'no-space' || problem.reason === 'quota') report.stopped = true;
  if (report.problems.length < mostProblems) report.problems.push(problem);
}

/** Notes a problem of a kind once, for the first entry that has it. */
export function noteOnce(report: Report, name: Bytes, error: unknown): void {
  const problem = problemOf(name, error);
  if (!report.problems.some((known) => known.detail === problem.detail)) report.problems.push(problem);
}

export function noteKept(report: Report, name: Bytes): void {
  report.kept.push(shown(name));
}

export function outcomeOf(report: Report): TreeOutcome {
  const { seen, changed, removed, copied, copyReason, skipped, kept, unrecorded, problems } = report;
  return {
    kind: 'tree',
    seen,
    changed,
    removed,
    copied,
    ...(copied === 0 || copyReason === undefined ? {} : { copyReason }),
    skipped,
    kept,
    ...(unrecorded === undefined ? {} : { unrecorded }),
    problems,
  };
}

/** True for a file system error with one of these names. */
export function isError(error: unknown, codes: ReadonlySet<string>): boolean {
  const code = errnoOf(error);
  return code !== undefined && codes.has(code);
}
