import type { Step } from '../execute/plan.ts';
import type { Failure } from '../failures/failure.ts';
import type { Notice } from '../failures/notice.ts';
import { fromFile, type Source } from '../inspect/fact.ts';
import { lockWriter } from '../inspect/manifests/locks.ts';
import type { AssembleFacts } from './facts.ts';
import type { InstallerChoice } from './installers/choose.ts';
import { installWith } from './installers/locked.ts';
import { wordsOf } from './installers/reading.ts';

export interface ApplicationChoice {
  /** The manifests that declare the application a package; none means that it is not installed. */
  readonly declaredBy: readonly Source[];
  readonly notices: readonly Notice[];
  readonly failures: readonly Failure[];
}

const SETUP = 'DISABLE_SETUP_PY_PROCESSING';
const PYPROJECT = 'DISABLE_PYPROJECT_TOML_PROCESSING';

type Facts = Pick<AssembleFacts, 'settings' | 'project'>;

/** Whether the application itself is a package to install: as the tool says whose lock is used, else as upstream. */
export function chooseApplication(facts: Facts, choice: InstallerChoice): ApplicationChoice {
  return ['uv.lock', 'poetry.lock', 'pdm.lock'].includes(choice.manifest ?? '')
    ? chooseByTool(facts, choice)
    : withoutNamed(facts, choice, chooseByManifests(facts, choice));
}

/** What uv, pip and PDM write for the project itself. */
const ITSELF = /^directory = \{ path = "\."|^\[packages\.directory\]\npath = "\."/m;

/** pylock.toml may name the project among its packages: it is installed with them. */
function withoutNamed({ project }: Facts, { manifest }: InstallerChoice, application: ApplicationChoice): ApplicationChoice {
  const named = project.locks.some(({ file, kind, text }) => file === manifest && kind === 'pylock' && ITSELF.test(text));
  if (!named || application.declaredBy.length === 0) return application;
  const text = `The application is installed with its dependencies: ${manifest} names it.`;
  return { ...application, declaredBy: [], notices: [...application.notices, { kind: 'text', level: 'info', text }] };
}

/** uv, Poetry and PDM each have a key that says whether the project is a package; it needs a way to be built besides. */
function chooseByTool({ settings, project }: Facts, { installer }: InstallerChoice): ApplicationChoice {
  const { pyproject } = project;
  if (pyproject === undefined) return { declaredBy: [], notices: [], failures: [] };
  const { tools, failures, notices } = pyproject;
  if (settings.on(PYPROJECT).value) return { declaredBy: [], notices: [notUsed('pyproject.toml', PYPROJECT)], failures };
  const said = { uv: tools.uvPackage, poetry: tools.poetryPackageMode, pdm: tools.pdmDistribution }[installer as 'uv'];
  const key = { uv: 'tool.uv.package', poetry: 'tool.poetry.package-mode', pdm: 'tool.pdm.distribution' }[installer as 'uv'];
  const isPackage = said ?? tools.buildSystem;
  const declared = isPackage ? [fromFile('pyproject.toml', said === undefined ? 'build-system' : key)] : [];
  const reason = said === undefined ? 'pyproject.toml has no [build-system]' : `${key} is false`;
  return { declaredBy: declared, notices: isPackage ? notices : [...notices, leftOut(reason)], failures };
}

/** B21-B23: once, and not for settings of tools alone. */
function chooseByManifests({ settings, project }: Facts, { installer }: InstallerChoice): ApplicationChoice {
  const declaredBy: Source[] = [];
  const notices: Notice[] = [];
  const failures: Failure[] = [];
  const { setuptools, pyproject } = project;
  const pyprojectCounts = pyproject !== undefined && !settings.on(PYPROJECT).value;
  if (!settings.on(SETUP).value) {
    failures.push(...setuptools.failures);
    if (setuptools.setupPy) declaredBy.push(fromFile('setup.py'));
    else if (setuptools.setupCfgPackage && pyproject === undefined) failures.push({ kind: 'setup-cfg-alone', file: 'setup.cfg' });
    else if (setuptools.setupCfgPackage) declaredBy.push(fromFile('setup.cfg', '[metadata]'));
    else if (setuptools.setupCfg) notices.push({ kind: 'tool-settings-only', file: 'setup.cfg', disabledBy: SETUP });
  } else if (setuptools.setupPy || setuptools.setupCfg)
    notices.push(notUsed(setuptools.setupPy ? 'setup.py' : 'setup.cfg', SETUP));
  if (pyprojectCounts) {
    failures.push(...pyproject.failures);
    notices.push(...pyproject.notices);
    if (refusesToBuild(pyproject)) {
      notices.push(leftOut('tool.poetry.package-mode is false'));
      if (installer === 'none' && declaredBy.length === 0)
        failures.push({ kind: 'no-package-no-lock', writtenBy: lockWriter('poetry') });
    } else if (pyproject.declaresPackage) declaredBy.push(fromFile('pyproject.toml', pyproject.declaredBy));
    else if (pyproject.failures.length === 0)
      notices.push(
        installer === 'none' && pyproject.tools.groups.length > 0
          ? { kind: 'text', level: 'warning', text: GROUPS }
          : { kind: 'tool-settings-only', file: 'pyproject.toml', disabledBy: PYPROJECT },
      );
  } else if (pyproject !== undefined) notices.push(notUsed('pyproject.toml', PYPROJECT));
  return { declaredBy, notices, failures };
}

const GROUPS =
  'The dependency groups of pyproject.toml are not installed: that needs a lock. Write one: uv lock && git add uv.lock; S2I_INSTALL_GROUPS then names the groups.';

/** Poetry's backend builds no such project. */
function refusesToBuild({ tools }: NonNullable<Facts['project']['pyproject']>): boolean {
  return tools.poetryPackageMode === false && tools.backend?.startsWith('poetry.') === true;
}

function leftOut(reason: string): Notice {
  return { kind: 'text', level: 'info', text: `The application is not installed as a package: ${reason}.` };
}

function notUsed(file: string, setting: string): Notice {
  return { kind: 'not-used', file, reason: `${setting} is set` };
}

/** What a lock names is all there: nothing else may come with the application. */
export function planApplication(
  facts: AssembleFacts,
  choice: InstallerChoice,
  { declaredBy }: ApplicationChoice,
): readonly Step[] {
  const last = declaredBy.at(-1);
  if (last?.from !== 'file') return [];
  const via = last.file === 'pyproject.toml' ? 'pyproject.toml' : 'setup.{py,cfg}';
  const locked = ['uv.lock', 'poetry.lock', 'pdm.lock'].includes(choice.manifest ?? '');
  const extras = locked ? [] : wordsOf(facts, 'S2I_INSTALL_EXTRAS');
  const project = extras.length === 0 ? '.' : `.[${extras.join(',')}]`;
  return [
    {
      id: 'install-application',
      title: `Installing application (via ${via})...`,
      why: 'it declares itself a package',
      because: declaredBy,
      effect: installWith(facts, choice, [...(locked ? ['--no-deps'] : []), project]),
      onFailure: { do: 'fail', role: 'install-application' },
    },
  ];
}
