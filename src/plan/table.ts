import type { Effect } from '../execute/effect.ts';
import { showCommand } from '../execute/execute.ts';
import type { Step } from '../execute/plan.ts';
import { renderSource } from '../inspect/fact.ts';
import type { Rejected } from '../run/launch.ts';
import { renderGrid } from './grid.ts';
import type { ProjectPlan } from './project-plan.ts';
import type { RunPlan } from './start.ts';

/** Characters of text in a column. */
const WIDTHS = [14, 62, 44];

type Row = readonly [what: string, how: string, why: string];

/** The plan for a person: what, how, and where each choice comes from. */
export function renderPlanTable(plan: ProjectPlan): string {
  const rows = [...assembleRows(plan.assemble), ...runRows(plan.run)];
  const failures = [
    ...('failures' in plan.assemble ? plan.assemble.messages : []),
    ...(plan.run.of === 'failure' ? plan.run.messages : []),
  ];
  return `${renderGrid(['what', 'how', 'why'], rows, WIDTHS)}${failures.map((message) => `\nERROR: ${message}\n`).join('')}`;
}

function assembleRows(assemble: ProjectPlan['assemble']): readonly Row[] {
  if ('failures' in assemble) return [['assemble', 'would fail', `${assemble.failures.length} error(s), below`]];
  const { installer, install, finish, notices } = assemble;
  return [
    ['dependencies', installer.installer === 'none' ? 'none are installed' : installer.installer, renderSource(installer.source)],
    ...installer.rejected.map(rejectedRow),
    ...install.map((step) => stepRow('install', step)),
    ...finish.flatMap(({ when, steps }) => steps.map((step) => stepRow(`when ${when}`, step))),
    ...notices.map((notice): Row => ['note', notice, '']),
  ];
}

function runRows(run: RunPlan): readonly Row[] {
  switch (run.of) {
    case 'nothing':
      return [['run', 'not planned', run.reason]];
    case 'failure':
      return [['run', 'would fail', `${run.failures.length} error(s), below`]];
    case 'question':
      return [...run.rejected.map(rejectedRow), [`run, when ${run.when}`, `asks: ${showCommand(run.ask)}`, 'its answer decides']];
    case 'launch': {
      const { launch } = run;
      return [
        ...run.before.map((step) => stepRow('before run', step)),
        ['run', showCommand(launch.argv), launch.why],
        ...launch.lines.filter(({ level }) => level !== 'step').map(({ text }): Row => ['', text, '']),
        ...run.rejected.map(rejectedRow),
      ];
    }
  }
}

function stepRow(what: string, { effect, why, because }: Step): Row {
  const from = because.map(renderSource).filter((source) => !why.includes(source) && !source.startsWith('/'));
  return [what, describe(effect), from.length === 0 ? why : `${why} (${from.join(', ')})`];
}

function rejectedRow({ candidate, where, reason }: Rejected): Row {
  return ['not taken', candidate, where === '' ? reason : `${reason} (${where})`];
}

function describe(effect: Effect): string {
  switch (effect.kind) {
    case 'run':
      return showCommand(effect.command.argv);
    case 'import-tree':
      return `${effect.kind} ${effect.from} → ${effect.to}`;
    case 'write-file':
    case 'make-directory':
    case 'remove-tree':
    case 'normalise-tree':
      return `${effect.kind} ${effect.path}`;
    case 'replace-link':
      return `${effect.path} → ${effect.target}`;
    default:
      return effect.kind;
  }
}
