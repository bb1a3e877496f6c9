import type { FinishAnswers } from '../assemble/answers.ts';
import type { ApplicationChoice } from '../assemble/application.ts';
import { planBytecode } from '../assemble/bytecode.ts';
import { type AssembleFacts, readAssembleFacts } from '../assemble/facts.ts';
import { planCollect, planSeal } from '../assemble/finish-plan.ts';
import { type InstallPlan, planInstall } from '../assemble/install-plan.ts';
import type { InstallerChoice } from '../assemble/installers/choose.ts';
import { planExported } from '../assemble/installers/locked.ts';
import { STAMP_FORMAT, type Stamp } from '../assemble/saved/stamp.ts';
import { plannedHooks } from '../assemble/user-hooks.ts';
import { showCommand } from '../execute/execute.ts';
import type { Step } from '../execute/plan.ts';
import type { Reader } from '../execute/reader.ts';
import type { Failure } from '../failures/failure.ts';
import type { Notice } from '../failures/notice.ts';
import { renderNotice } from '../failures/notices.ts';
import { renderFailure } from '../failures/words.ts';
import { readS2iEnvironment } from '../inspect/s2i-environment.ts';
import { readSettings } from '../inspect/settings/read.ts';
import { viewProject } from '../inspect/view.ts';
import { predictInstalled } from './predict.ts';
import { planStart, type RunPlan } from './start.ts';
import { createVirtualReader, type VirtualFile } from './virtual-reader.ts';

/** What `plan` prints: what assemble would do with a project, and what run would then start. */
export interface ProjectPlan {
  /** Raised when something is removed, renamed or means something else; not when something is added. */
  readonly format: 1;
  readonly assemble: AssemblePlan | Refused;
  readonly run: RunPlan;
}

/** What assemble would do. */
export interface AssemblePlan {
  /** What installs the dependencies, and what could have. */
  readonly installer: InstallerChoice;
  readonly application: Pick<ApplicationChoice, 'declaredBy'>;
  /** What the build log would say beside the steps, as text. */
  readonly notices: readonly string[];
  /** The steps until everything is installed, in order. */
  readonly install: readonly Step[];
  /** What is asked of the installed environment before the rest can be planned. */
  readonly questions: readonly string[];
  /** What is done then, for each answer that the manifests make likely. */
  readonly finish: readonly { readonly when: string; readonly steps: readonly Step[]; readonly notices: readonly string[] }[];
}

/** Why assemble would fail. */
export interface Refused {
  /** Everything that is wrong, as data. */
  readonly failures: readonly Failure[];
  /** The same in words, as the hook prints them. */
  readonly messages: readonly string[];
}

const ROOT = '/opt/app-root';

/**
 * Plans for a project folder as if it were built in an image of ours: virtual environment in /opt/app-root, source in
 * /tmp/src. `environment` is what -e would give; `.s2i/environment` of the project counts below it (A4).
 */
export function planProject(real: Reader, folder: string, environment: Readonly<Record<string, string>>): ProjectPlan {
  const view = viewProject(real, [{ path: folder, without: new Set() }]);
  const whole = { ...IMAGE_ENVIRONMENT, ...readS2iEnvironment(view).variables, ...environment };
  const reader = builderImage(real, folder, whole);
  const { settings, failures, notices } = readSettings(whole, 'assemble');
  const facts = readAssembleFacts(reader, settings);
  const plan = planInstall(facts);
  const all = [...failures, ...('failures' in plan ? plan.failures : [])];
  if ('failures' in plan || all.length > 0) {
    return { format: 1, assemble: refused(all), run: { of: 'nothing', reason: 'assemble would fail' } };
  }
  const predicted = predictInstalled(view, facts.project, plan.installer, plan.application.declaredBy.length > 0);
  const planned = facts.hooks.found.some(({ name }) => name === 'pre-install') ? [AFTER_PRE_INSTALL] : [];
  const said = [...notices, ...plan.prepare.notices, ...planned];
  return {
    format: 1,
    assemble: {
      installer: plan.installer,
      application: { declaredBy: plan.application.declaredBy },
      notices: words(said),
      install: installSteps(facts, plan),
      questions: [...readingQuestions(plan), ...QUESTIONS],
      finish: finishes(facts, reader, predicted),
    },
    run: planStart(real, { folder, environment: whole, predicted }),
  };
}

/** The steps until everything is installed; of what a tool's answer decides, as far as it is known without it. */
function installSteps(facts: AssembleFacts, plan: InstallPlan): readonly Step[] {
  const unknown = { options: [], hashed: ['…'], direct: [], loose: [] };
  const answered = plan.reading === undefined ? [] : planExported(facts, plan.installer, unknown).steps;
  const compile = planBytecode(facts, { packages: true, source: true }).steps;
  const before = [plan.tools, plan.fetched, plan.dependencies].flatMap(({ steps }) => steps);
  const prepared = [...plan.prepare.steps, ...plannedHooks(facts, 'pre-install')];
  return [...prepared, ...before, ...answered, ...plan.applicationInstall.steps, ...plan.check.steps, ...compile];
}

function readingQuestions({ reading }: InstallPlan): readonly string[] {
  return reading === undefined ? [] : [`What does ${reading.lock.file} name? (${showCommand(reading.export.argv)})`];
}

/** The variables of our images that decide something. */
const IMAGE_ENVIRONMENT = {
  APP_ROOT: ROOT,
  HOME: `${ROOT}/src`,
  PATH: `${ROOT}/src/.local/bin:${ROOT}/src/bin:${ROOT}/bin:/usr/local/bin:/usr/bin:/bin`,
};

const PROGRAM: VirtualFile = { text: '', executable: true };

function builderImage(real: Reader, folder: string, environment: Readonly<Record<string, string>>): Reader {
  return createVirtualReader(real, {
    mounts: [{ at: '/tmp/src', from: folder }],
    files: {
      [`${ROOT}/pyvenv.cfg`]: { text: '' },
      [`${ROOT}/bin/python`]: PROGRAM,
      [`${ROOT}/bin/pip`]: PROGRAM,
      '/usr/bin/python3': PROGRAM,
    },
    environment,
    identity: { uid: 1001, gid: 0, groups: [0], pid: 1 },
    directory: `${ROOT}/src`,
    processors: 1,
  });
}

const AFTER_PRE_INSTALL: Notice = {
  kind: 'text',
  level: 'info',
  text: 'What pre-install writes is not known here; assemble plans again after it.',
};

const QUESTIONS = [
  'Which distributions are installed? (listing of .dist-info)',
  "Which Python and which ABI is the environment's? (its interpreter)",
  'Does Django use static files? (manage.py diffsettings, where Django is installed)',
  "What do the project's files define? (Python's own parser, where nothing names the application)",
  'Is the application there? (its import, where a server will be given one)',
];

/** Filled in when the environment is installed. */
const NO_STAMP: Stamp = {
  format: STAMP_FORMAT,
  installer: '',
  interpreter: { python: '', abi: '' },
  digest: '',
  packages: [],
  hashed: {},
};

function finishes(facts: AssembleFacts, reader: Reader, predicted: ReadonlyMap<string, string>): AssemblePlan['finish'] {
  const managePy =
    reader.stat(
      `${facts.places.source}/${facts.places.appHome.slice(facts.places.home.length + 1)}/manage.py`.replaceAll('//', '/'),
    )?.type === 'file';
  const cases: (readonly [string, FinishAnswers['django']])[] = [];
  if (predicted.has('django') && managePy) {
    cases.push(['Django uses static files', { managePy, staticFiles: 'used' }]);
    cases.push(['django.contrib.staticfiles is not installed', { managePy, staticFiles: 'not-installed' }]);
    cases.push(['STATIC_ROOT is not set', { managePy, staticFiles: 'no-root' }]);
  } else if (predicted.has('django')) cases.push(['Django is installed', { managePy }]);
  else cases.push(['Django is not installed', undefined]);
  return cases.map(([when, django]) => {
    const answers = { interpreter: NO_STAMP.interpreter, packages: [], ...(django === undefined ? {} : { django }) };
    const { steps, notices } = planCollect(facts, answers);
    const hooks = plannedHooks(facts, 'post-install', 'verify');
    return { when, steps: [...steps, ...hooks, ...planSeal(facts, NO_STAMP).steps], notices: words(notices) };
  });
}

function refused(failures: readonly Failure[]): Refused {
  return { failures, messages: failures.map(renderFailure) };
}

function words(notices: readonly Notice[]): readonly string[] {
  return notices.map((notice) => {
    const { level, text } = renderNotice(notice);
    return level === 'warning' ? `WARNING: ${text}` : text;
  });
}
