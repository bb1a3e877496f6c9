import type { Plan, Step } from '../execute/plan.ts';
import type { Failure } from '../failures/failure.ts';
import type { Notice } from '../failures/notice.ts';
import { strictFailures, withStrictHint } from '../failures/strict.ts';
import { fromFile } from '../inspect/fact.ts';
import { join } from '../inspect/paths.ts';
import { type ApplicationChoice, chooseApplication, planApplication } from './application.ts';
import type { AssembleFacts } from './facts.ts';
import { planDependencyCheck } from './installers/check.ts';
import { chooseInstaller, type InstallerChoice, isExported } from './installers/choose.ts';
import { choiceFailures } from './installers/conflicts.ts';
import { planReading } from './installers/locked.ts';
import { planMicropipenv } from './installers/micropipenv/plan.ts';
import { planPip, planUpgradePip } from './installers/pip/plan.ts';
import { planPipenv } from './installers/pipenv/plan.ts';
import type { Reading } from './installers/reading.ts';
import { selectionFailures, selectionNotices } from './installers/selected.ts';
import { planUv } from './installers/uv/install.ts';
import { planPylock, pylockNotices } from './installers/uv/pylock.ts';
import { judgePython } from './python.ts';
import { hookFailures } from './user-hooks.ts';

/** What assemble is going to do before anything can be asked of the installed environment. */
export interface InstallPlan {
  readonly installer: InstallerChoice;
  readonly application: ApplicationChoice;
  /** Source and virtual environment. */
  readonly prepare: Plan;
  /** pip itself and the packaging tool. */
  readonly tools: Plan;
  /** A tool for this build only; not needed where nothing is installed. */
  readonly fetched: Plan;
  /** With a `reading` only what comes before it: what is installed is planned from its answer. */
  readonly dependencies: Plan;
  readonly reading?: Reading;
  readonly applicationInstall: Plan;
  /** Whether what is installed fits together. */
  readonly check: Plan;
  /** Steps name TEMPORARY. */
  readonly usesTemporary: boolean;
}

/** Plans the first half of assemble, or gives every reason why it cannot start. Nothing was touched so far. */
export function planInstall(facts: AssembleFacts): InstallPlan | { readonly failures: readonly Failure[] } {
  // What cannot be looked at cannot be judged.
  if (facts.sourceLocked) return { failures: [...switchFailures(facts), { kind: 'source-locked', path: facts.places.source }] };
  const installer = chooseInstaller(facts);
  const application = chooseApplication(facts, installer);
  const python = judgePython(facts, installer);
  const notices = [
    ...facts.project.notices,
    ...python.notices,
    ...manifestNotices(facts, installer),
    ...selectionNotices(facts, installer, application),
    ...nestedNotices(facts, installer, application),
    ...application.notices,
    ...facts.hooks.notices,
  ];
  const failures = [
    ...choiceFailures(facts, installer),
    ...selectionFailures(facts, installer),
    ...manifestFailures(facts, installer),
    ...application.failures,
    ...python.failures,
    ...venvFailures(facts),
    ...hookFailures(facts),
    ...(facts.settings.on('S2I_STRICT').value ? strictFailures(notices) : []),
  ];
  if (failures.length > 0) return { failures };
  const { steps, reading } = dependencySteps(facts, installer);
  const isDependency = ({ id }: Step) => /^(?:write-)?install-(?:dependencies|others)$|^check-lock$/.test(id);
  const tools = steps.filter((step) => !isDependency(step));
  const pinned = reading !== undefined || installer.installer === 'uv';
  return {
    installer,
    application,
    prepare: stage(withStrictHint(notices), prepareSteps(facts)),
    tools: stage([], [...planUpgradePip(facts), ...(pinned ? [] : tools)]),
    fetched: stage([], pinned ? tools : []),
    dependencies: stage([], steps.filter(isDependency)),
    ...(reading === undefined ? {} : { reading }),
    applicationInstall: stage([], planApplication(facts, installer, application)),
    check: stage([], planDependencyCheck(facts, installer, application)),
    // What comes after a pre-install may be another plan.
    usesTemporary: pinned || facts.hooks.found.some(({ name }) => name === 'pre-install'),
  };
}

interface DependencySteps {
  readonly steps: readonly Step[];
  readonly reading?: Reading;
}

function dependencySteps(facts: AssembleFacts, choice: InstallerChoice): DependencySteps {
  if (isExported(choice)) {
    const planned = planReading(facts, choice);
    return planned === undefined
      ? { steps: [] }
      : { steps: [...planned.tool, ...planned.reading.checks], reading: planned.reading };
  }
  switch (choice.installer) {
    case 'pip':
      return { steps: planPip(facts) };
    case 'uv':
      return { steps: planPylock(facts, choice) ?? planUv(facts, choice) };
    case 'pipenv':
      return { steps: planPipenv(facts, choice.manifest) };
    case 'micropipenv':
      return { steps: planMicropipenv(facts, choice.source) };
    case 'poetry':
    case 'pdm':
    case 'none':
      return { steps: [] };
  }
}

function prepareSteps({ places, venv }: AssembleFacts): readonly Step[] {
  const environment: Step = {
    id: 'create-venv',
    title: 'Creating the virtual environment ...',
    why: `${places.appRoot} holds none`,
    because: [fromFile(join(places.appRoot, 'pyvenv.cfg'))],
    effect: {
      kind: 'run',
      command: {
        argv: [places.python ?? 'python3', '-m', 'venv', places.appRoot],
        directory: '/',
        environment: { set: {}, unset: ['PYTHONHOME', 'VIRTUAL_ENV'] },
        output: 'pass',
      },
    },
    onFailure: { do: 'fail', role: 'create-venv' },
  };
  const source: Step = {
    id: 'import-sources',
    title: 'Installing application source ...',
    why: 'the source becomes the application',
    because: [fromFile(places.source)],
    effect: { kind: 'import-tree', from: places.source, to: places.home, record: places.record },
    onFailure: { do: 'fail', role: 'import-sources' },
  };
  const folder: Step = {
    id: 'application-folder',
    why: 'the source goes there',
    because: [fromFile(places.home)],
    effect: { kind: 'make-directory', path: places.home },
    onFailure: { do: 'fail', role: 'import-sources' },
  };
  return venv.state === 'absent' ? [environment, folder, source] : [folder, source];
}

/** What can be told without looking at the source. */
function switchFailures(facts: AssembleFacts): readonly Failure[] {
  return choiceFailures(facts, { installer: 'none', manifest: undefined, source: { from: 'default' }, rejected: [] });
}

function manifestFailures({ project }: AssembleFacts, { installer, manifest }: InstallerChoice): readonly Failure[] {
  if (manifest === 'requirements.txt') return project.requirements?.failures ?? [];
  if (installer === 'pipenv' && manifest !== undefined) return project.pipfile.failures;
  const lock = project.locks.find(({ file }) => file === manifest);
  if (lock !== undefined) return lock.failures;
  // micropipenv looks for the lock first and reads requirements.txt only without one.
  if (installer === 'micropipenv')
    return project.pipfile.lock ? project.pipfile.failures : (project.requirements?.failures ?? []);
  return [];
}

function venvFailures({ venv, places }: AssembleFacts): readonly Failure[] {
  if (venv.state === 'broken') return [{ kind: 'venv-broken', path: places.appRoot, reason: venv.reason }];
  if (venv.state === 'absent' && places.python === undefined) return [{ kind: 'python-missing', program: 'python3' }];
  return [];
}

const PIP_CONF =
  'pip.conf at the root of the source is not read by pip. PIP_CONFIG_FILE=pip.conf in .s2i/environment has it read; a password in it is stored in the image.';

function manifestNotices(facts: AssembleFacts, { installer, manifest, rejected }: InstallerChoice): readonly Notice[] {
  const { project, settings, hasSource, places, given } = facts;
  const notices: Notice[] =
    manifest === 'requirements.txt' ? [...(project.requirements?.notices ?? [])] : pylockNotices(facts, manifest);
  if (!hasSource) {
    const text = `There is no source in ${places.source}: what stands in ${places.home} is built as it is.`;
    notices.push({ kind: 'text', level: 'info', text });
  }
  for (const { candidate, reason } of rejected) {
    if (candidate === 'Pipfile' || /\.lock$|^pylock\./.test(candidate))
      notices.push({ kind: 'not-used', file: candidate, reason });
  }
  if (settings.text('PIN_PIPENV_VERSION') !== undefined && installer !== 'pipenv') {
    notices.push({ kind: 'setting-ignored', setting: 'PIN_PIPENV_VERSION', reason: 'ENABLE_PIPENV is not set' });
  }
  if (project.pipConf && !given.has('PIP_CONFIG_FILE')) notices.push({ kind: 'text', level: 'warning', text: PIP_CONF });
  if (installer === 'pipenv' && manifest === undefined) {
    notices.push({
      kind: 'text',
      level: 'warning',
      text: 'ENABLE_PIPENV is set, but there is neither a Pipfile nor a requirements.txt: no dependency is installed.',
    });
  }
  return notices;
}

function nestedNotices(
  { project }: AssembleFacts,
  { installer }: InstallerChoice,
  { declaredBy }: ApplicationChoice,
): readonly Notice[] {
  const { nested } = project;
  if (nested === undefined || installer !== 'none' || declaredBy.length > 0) return [];
  const folder = nested.slice(0, nested.lastIndexOf('/'));
  const include = nested.endsWith('.txt') ? `-r ${nested} in a requirements.txt there installs it` : `build that folder`;
  const context = folder === 'requirements' ? '' : ` (s2i: --context-dir=${folder})`;
  const text = `No dependency is installed: ${nested} is not at the root of the source, where manifests are read; ${include}${context}.`;
  return [{ kind: 'text', level: 'warning', text }];
}

function stage(notices: readonly Notice[], steps: readonly Step[]): Plan {
  return { format: 1, stage: 'install', notices, steps };
}
