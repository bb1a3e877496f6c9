import type { Step } from '../execute/plan.ts';
import type { Failure } from '../failures/failure.ts';
import type { Notice } from '../failures/notice.ts';
import { fromFile, type Source } from '../inspect/fact.ts';
import type { AssembleFacts } from './facts.ts';
import { pipOf } from './installers/pip/plan.ts';
import { inHome } from './steps.ts';

export interface ApplicationChoice {
  /** The manifests that declare the application a package; none means that it is not installed. */
  readonly declaredBy: readonly Source[];
  readonly notices: readonly Notice[];
  readonly failures: readonly Failure[];
}

const SETUP = 'DISABLE_SETUP_PY_PROCESSING';
const PYPROJECT = 'DISABLE_PYPROJECT_TOML_PROCESSING';

/** Whether the application itself is a package to install (B21-B23): once, and not for settings of tools alone. */
export function chooseApplication({ settings, project }: Pick<AssembleFacts, 'settings' | 'project'>): ApplicationChoice {
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
    if (pyproject.declaresPackage) declaredBy.push(fromFile('pyproject.toml', pyproject.declaredBy));
    else if (pyproject.failures.length === 0)
      notices.push({ kind: 'tool-settings-only', file: 'pyproject.toml', disabledBy: PYPROJECT });
  } else if (pyproject !== undefined) notices.push(notUsed('pyproject.toml', PYPROJECT));
  return { declaredBy, notices, failures };
}

function notUsed(file: string, setting: string): Notice {
  return { kind: 'not-used', file, reason: `${setting} is set` };
}

export function planApplication(facts: AssembleFacts, { declaredBy }: ApplicationChoice): readonly Step[] {
  const last = declaredBy.at(-1);
  if (last?.from !== 'file') return [];
  const via = last.file === 'pyproject.toml' ? 'pyproject.toml' : 'setup.{py,cfg}';
  return [
    {
      id: 'install-application',
      title: `Installing application (via ${via})...`,
      why: 'it declares itself a package',
      because: declaredBy,
      effect: inHome(facts, [pipOf(facts), 'install', '.']),
      onFailure: { do: 'fail', role: 'install-application' },
    },
  ];
}
