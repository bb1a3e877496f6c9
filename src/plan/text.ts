import type { Effect } from '../execute/effect.ts';
import { inWords, showBriefly, showCommand } from '../execute/execute.ts';
import type { Step } from '../execute/plan.ts';
import { renderSource } from '../inspect/fact.ts';
import { nameOf } from '../inspect/paths.ts';
import { ASIDE, type Row, renderRows } from './lines.ts';
import type { AssemblePlan, ProjectPlan } from './project-plan.ts';
import { type Detail, rejectedRows } from './rejected.ts';
import type { RunPlan } from './start.ts';

/** The plan for a person: what was chosen, what is done, what is started, where each comes from, and what was not taken. */
export function renderPlan({ assemble, run }: ProjectPlan, detail: Detail): string {
  const failures = [...('failures' in assemble ? assemble.messages : []), ...(run.of === 'failure' ? run.messages : [])];
  const parts = [
    ...('failures' in assemble ? [renderRows([['assemble', `would fail${pointingTo(assemble.messages)}`]])] : []),
    ...('failures' in assemble ? [] : [renderRows(installerRows(assemble, detail)), renderRows(stepRows(assemble, detail))]),
    ...(run.of === 'nothing' ? [] : [renderRows(runRows(run, detail))]),
    ...failures.map((message) => `ERROR: ${message}\n`),
  ];
  return parts.join('\n');
}

function installerRows({ installer: { installer, manifest, source, rejected } }: AssemblePlan, detail: Detail): readonly Row[] {
  const chosen = installer === 'none' ? 'none are installed' : installer;
  const from = manifest === undefined ? '' : ` from ${manifest}`;
  const by = source.from === 'default' || renderSource(source) === manifest ? '' : `${ASIDE}${renderSource(source)}`;
  return [['dependencies', chosen + from + by], ...rejectedRows(rejected, detail)];
}

/** Without the steps that every build has, unless everything is asked for. */
function stepRows({ installer, install, finish, notices }: AssemblePlan, detail: Detail): readonly Row[] {
  const all = [
    ...install.map((step) => ({ step, when: '' })),
    ...finish.flatMap(({ when, steps }) => steps.map((step) => ({ step, when: finish.length > 1 ? `when ${when}: ` : '' }))),
  ];
  const shown = detail === 'all' ? all : all.filter(({ step }) => isSpecial(step));
  const lines = shown.map(({ step, when }) => `${when}${renderStep(step, detail)}`);
  const usual = shown.length === all.length ? [] : [`files, bytecode and permissions, as in every build${ASIDE}plan --all`];
  const said = installer.rejected.map(({ candidate, reason }) => `${candidate} is not used: ${reason}.`);
  return [
    ...[...lines, ...usual].map((line, at): Row => [at === 0 ? 'assemble' : '', line]),
    ...notices.filter((notice) => !said.includes(notice)).map((notice, at): Row => [at === 0 ? '  notes' : '', notice]),
  ];
}

/** The environment of a tool that is fetched is told by its installation. */
function isSpecial({ id, effect }: Step): boolean {
  return effect.kind === 'run' && id !== 'compile' && (id === 'create-venv' || !id.endsWith('-venv'));
}

function runRows(run: Exclude<RunPlan, { of: 'nothing' }>, detail: Detail): readonly Row[] {
  const rejected = rejectedRows(run.rejected, detail);
  const considered: readonly Row[] = [['  assumed', run.when], ...rejected];
  switch (run.of) {
    case 'failure':
      // The message about no launch at all holds what was looked at.
      return [['start', `would fail, if ${run.when}${pointingTo(run.messages)}`], ...(isNoLaunch(run) ? [] : rejected)];
    case 'question':
      return [['start', `known after the install: ${renderQuestion(run.ask)}`], ...considered];
    case 'launch': {
      const { argv, why, lines } = run.launch;
      const said = lines.filter(({ level }) => level !== 'step');
      return [
        ...run.before.map((step): Row => ['before start', renderStep(step, detail)]),
        ['start', `${detail === 'all' ? showCommand(argv) : showBriefly(argv)}${ASIDE}${why}`],
        ...said.map(({ text }, at): Row => [at === 0 ? '  notes' : '', text]),
        ...considered,
      ];
    }
  }
}

function isNoLaunch({ failures }: Extract<RunPlan, { of: 'failure' }>): boolean {
  return failures.some(({ kind }) => kind === 'no-launch');
}

/** Behind a program of ours, and the folders, stand the files that it is asked about. */
function renderQuestion(ask: readonly string[]): string {
  const program = ask.indexOf('-c');
  if (program < 0) return `what ${showCommand(ask)} says`;
  return `what Python's own parser finds in ${ask.slice(program + 3).join(', ')}`;
}

function pointingTo(messages: readonly string[]): string {
  return messages.length === 1 ? ': see the error below' : `: see the ${messages.length} errors below`;
}

/** The reason stands behind what is done. In short, only a key of a file is worth naming beside it. */
function renderStep({ effect, why, because }: Step, detail: Detail): string {
  const from = because
    .filter((source) => detail === 'all' || (source.from === 'file' && source.key !== undefined))
    .map(renderSource)
    .filter((source) => !why.includes(source) && !source.startsWith('/'));
  return `${describe(effect, detail)}${ASIDE}${why}${from.length === 0 ? '' : ` (${from.join(', ')})`}`;
}

/** A command; in short without folders that mean nothing to a reader. */
function shortly(argv: readonly string[], detail: Detail): string {
  if (detail === 'all') return inWords(showCommand(argv));
  const [program = '', ...words] = argv;
  return inWords(showBriefly([nameOf(program), ...words]));
}

function describe(effect: Effect, detail: Detail): string {
  switch (effect.kind) {
    case 'run':
      return shortly(effect.command.argv, detail);
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
