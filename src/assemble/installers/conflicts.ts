import type { Failure } from '../../failures/failure.ts';
import { lockWriter } from '../../inspect/manifests/locks.ts';
import type { AssembleFacts } from '../facts.ts';
import { findManifests, type InstallerChoice } from './choose.ts';

/** What speaks against installing anything at all: settings that contradict each other, locks of which none is chosen. */
export function choiceFailures(facts: Pick<AssembleFacts, 'settings' | 'project'>, choice: InstallerChoice): readonly Failure[] {
  return [...switchConflicts(facts), ...severalLocks(facts, choice), ...missingManifest(facts, choice)];
}

/** B14: told before anything is moved. */
function switchConflicts({ settings }: Pick<AssembleFacts, 'settings'>): readonly Failure[] {
  const [pipenv, micropipenv] = [settings.on('ENABLE_PIPENV').value, settings.on('ENABLE_MICROPIPENV').value];
  if (pipenv && micropipenv) return [{ kind: 'pipenv-and-micropipenv' }];
  const manager = settings.text('S2I_PACKAGE_MANAGER')?.value;
  const switched = pipenv ? 'pipenv' : micropipenv ? 'micropipenv' : undefined;
  if (manager === undefined || switched === undefined || manager === switched) return [];
  return [{ kind: 'package-managers-differ', manager, setting: pipenv ? 'ENABLE_PIPENV' : 'ENABLE_MICROPIPENV', switched }];
}

function severalLocks(facts: Pick<AssembleFacts, 'project'>, { source, manifest }: InstallerChoice): readonly Failure[] {
  const locks = findManifests(facts).filter(({ lock }) => lock);
  const same = locks.filter(({ file }) => /^pylock\./.test(file));
  const chosen = source.from === 'environment';
  // A setting names the tool, not the file: several named locks of PEP 751 are still several.
  if (chosen && !(manifest !== undefined && /^pylock\./.test(manifest) && same.length > 1)) return [];
  if (manifest === 'requirements.txt' || manifest === undefined || locks.length < 2) return [];
  const candidates = (chosen ? same : locks).map(({ file, installer }) => ({ file, installer }));
  return [{ kind: 'several-locks', locks: candidates }];
}

/** The setting names a tool whose manifest is not there. */
function missingManifest({ project }: Pick<AssembleFacts, 'project'>, choice: InstallerChoice): readonly Failure[] {
  const { installer, manifest, source } = choice;
  if (source.from === 'environment' && source.name === 'S2I_PACKAGE_MANAGER' && manifest === undefined) {
    const wanted = MANIFEST_OF[installer];
    if (wanted !== undefined) return [{ kind: 'manager-without-manifest', manager: installer, ...wanted }];
  }
  const besides = installer === 'pipenv' ? 'Pipfile' : 'pyproject.toml';
  const there = installer === 'pipenv' ? project.pipfile.pipfile : project.pyproject !== undefined;
  const needs = ['uv.lock', 'poetry.lock', 'pdm.lock', 'Pipfile.lock'].includes(manifest ?? '');
  return needs && !there ? [{ kind: 'lock-alone', file: manifest ?? '', besides }] : [];
}

const MANIFEST_OF: Readonly<Partial<Record<string, { readonly file: string; readonly writtenBy: string }>>> = {
  poetry: { file: 'poetry.lock', writtenBy: lockWriter('poetry') },
  pdm: { file: 'pdm.lock', writtenBy: lockWriter('pdm') },
  pipenv: { file: 'Pipfile.lock', writtenBy: 'pipenv lock' },
};
