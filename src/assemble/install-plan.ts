import type { Plan, Step } from '../execute/plan.ts';
import type { Failure } from '../failures/failure.ts';
import type { Notice } from '../failures/notice.ts';
import { strictFailures, withStrictHint } from '../failures/strict.ts';
import { fromFile } from '../inspect/fact.ts';
import { join } from '../inspect/paths.ts';
import { type ApplicationChoice, chooseApplication, planApplication } from './application.ts';
import type { AssembleFacts } from './facts.ts';
import { chooseInstaller, type InstallerChoice } from './installers/choose.ts';
import { planMicropipenv } from './installers/micropipenv/plan.ts';
import { planPip, planUpgradePip } from './installers/pip/plan.ts';
import { planPipenv } from './installers/pipenv/plan.ts';

/** What assemble is going to do before anything can be asked of the installed environment. */
export interface InstallPlan {
  readonly installer: InstallerChoice;
  readonly application: ApplicationChoice;
  /** Source and virtual environment. */
  readonly prepare: Plan;
  /** pip itself and the packaging tool. */
  readonly tools: Plan;
  readonly dependencies: Plan;
  readonly applicationInstall: Plan;
}

/** Plans the first half of assemble, or gives every reason why it cannot start. Nothing was touched so far. */
export function planInstall(facts: AssembleFacts): InstallPlan | { readonly failures: readonly Failure[] } {
  // What cannot be looked at cannot be judged.
  if (facts.sourceLocked) return { failures: [...conflicts(facts), { kind: 'source-locked', path: facts.places.source }] };
  const installer = chooseInstaller(facts);
  const application = chooseApplication(facts);
  const notices = [...facts.project.notices, ...manifestNotices(facts, installer), ...application.notices];
  const failures = [
    ...conflicts(facts),
    ...manifestFailures(facts, installer),
    ...application.failures,
    ...venvFailures(facts),
    ...(facts.settings.on('S2I_STRICT').value ? strictFailures(notices) : []),
  ];
  if (failures.length > 0) return { failures };
  const steps = dependencySteps(facts, installer);
  const isDependency = (step: Step) => step.id === 'install-dependencies';
  return {
    installer,
    application,
    prepare: stage(withStrictHint(notices), prepareSteps(facts)),
    tools: stage([], [...planUpgradePip(facts), ...steps.filter((step) => !isDependency(step))]),
    dependencies: stage([], steps.filter(isDependency)),
    applicationInstall: stage([], planApplication(facts, application)),
  };
}

function dependencySteps(facts: AssembleFacts, { installer, manifest }: InstallerChoice): readonly Step[] {
  switch (installer) {
    case 'pip':
      return planPip(facts);
    case 'pipenv':
      return planPipenv(facts, manifest);
    case 'micropipenv':
      return planMicropipenv(facts);
    case 'none':
      return [];
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

/** B14: told before anything is moved. */
function conflicts({ settings }: AssembleFacts): readonly Failure[] {
  const both = settings.on('ENABLE_PIPENV').value && settings.on('ENABLE_MICROPIPENV').value;
  return both ? [{ kind: 'pipenv-and-micropipenv' }] : [];
}

function manifestFailures({ project }: AssembleFacts, { installer, manifest }: InstallerChoice): readonly Failure[] {
  if (manifest === 'requirements.txt') return project.requirements?.failures ?? [];
  if (installer === 'pipenv' && manifest === 'Pipfile') return project.pipfile.failures;
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

function manifestNotices(
  { project, settings, hasSource, places }: AssembleFacts,
  { installer, manifest, rejected }: InstallerChoice,
): readonly Notice[] {
  const notices: Notice[] = manifest === 'requirements.txt' ? [...(project.requirements?.notices ?? [])] : [];
  if (!hasSource) {
    const text = `There is no source in ${places.source}: what stands in ${places.home} is built as it is.`;
    notices.push({ kind: 'text', level: 'info', text });
  }
  for (const { candidate, reason } of rejected) {
    if (candidate.endsWith('.lock') || candidate === 'pylock.toml') notices.push({ kind: 'not-used', file: candidate, reason });
  }
  if (settings.text('PIN_PIPENV_VERSION') !== undefined && installer !== 'pipenv') {
    notices.push({ kind: 'setting-ignored', setting: 'PIN_PIPENV_VERSION', reason: 'ENABLE_PIPENV is not set' });
  }
  if (installer === 'pipenv' && manifest === undefined) {
    notices.push({
      kind: 'text',
      level: 'warning',
      text: 'ENABLE_PIPENV is set, but there is neither a Pipfile nor a requirements.txt: no dependency is installed.',
    });
  }
  return notices;
}

function stage(notices: readonly Notice[], steps: readonly Step[]): Plan {
  return { format: 1, stage: 'install', notices, steps };
}
