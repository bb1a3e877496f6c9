import type { Notice } from '../failures/notice.ts';
import { findCarriedAlong } from './carried.ts';
import { type Lock, readLocks } from './manifests/locks.ts';
import { findNoFiles } from './manifests/no-file.ts';
import { type Pipfile, readPipfile } from './manifests/pipfile.ts';
import { type Pyproject, readPyproject } from './manifests/pyproject.ts';
import { type PythonDemand, readPythonDemands } from './manifests/python-demands.ts';
import { type Requirements, readRequirements } from './manifests/requirements.ts';
import { readSetuptools, type Setuptools } from './manifests/setuptools.ts';
import { findMisspelt } from './misspelt.ts';
import { findNested } from './nested.ts';
import { readS2iEnvironment } from './s2i-environment.ts';
import type { ProjectView } from './view.ts';

/** What the source tells assemble. Read once; a bad file is a failure inside the fact of its manifest. */
export interface ProjectFacts {
  readonly requirements: Requirements | undefined;
  readonly setuptools: Setuptools;
  readonly pyproject: Pyproject | undefined;
  readonly pipfile: Pipfile;
  /** Locks but Pipfile.lock. */
  readonly locks: readonly Lock[];
  readonly pythonDemands: readonly PythonDemand[];
  /** A manifest where assemble does not look. */
  readonly nested: string | undefined;
  /** A pip.conf at the root, which pip does not look for. */
  readonly pipConf: boolean;
  readonly notices: readonly Notice[];
}

/** `appHome`: APP_HOME. `brought`: what the source alone brings; what an application made beside it did not come with it. */
export function readProject(view: ProjectView, appHome: string, brought: ProjectView = view): ProjectFacts {
  const names = view.list();
  const requirements = readRequirements(view);
  const pyproject = readPyproject(view);
  const pipfile = readPipfile(view);
  const locks = readLocks(view);
  return {
    requirements,
    setuptools: readSetuptools(view),
    pyproject,
    pipfile,
    locks,
    nested: findNested(view, appHome),
    pipConf: names.includes('pip.conf'),
    pythonDemands: readPythonDemands(view, { pyproject, pipfile, locks }),
    notices: [...findNoFiles(view), ...findMisspelt(names), ...findCarriedAlong(brought), ...readS2iEnvironment(view).notices],
  };
}
