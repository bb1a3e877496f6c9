import { TEMPORARY } from '../../../execute/plan.ts';
import { lockWriter } from '../../../inspect/manifests/locks.ts';
import { asideFrom, checkLock, eachWith, question, type Reading, type ReadingContext, wordsOf } from '../reading.ts';

/** pdm.lock: production dependencies. PDM is told an interpreter that is not the application's own. */
export function readPdmLock({ facts, program, manifest }: ReadingContext): Reading {
  const aside = asideFrom(facts, { PDM_CACHE_DIR: `${TEMPORARY}/pdm-cache` });
  const set = {
    ...aside.set,
    PDM_CHECK_UPDATE: '0',
    PDM_NON_INTERACTIVE: '1',
    // Else it looks for one, and writes down in the project which it has found.
    PDM_PYTHON: facts.places.python ?? 'python3',
  };
  const environment = { set, unset: aside.unset };
  const lock = { file: manifest, renew: lockWriter('pdm') };
  const chosen = eachWith('-G', [...wordsOf(facts, 'S2I_INSTALL_EXTRAS'), ...wordsOf(facts, 'S2I_INSTALL_GROUPS')]);
  const argv = [program, 'export', '--format', 'requirements', '--prod', ...chosen] as const;
  return {
    lock,
    checks: [checkLock(facts, lock, 'pyproject.toml', [program, 'lock', '--check'], environment)],
    export: question(facts, argv, environment),
    // It knows no hash of a folder, and then gives none at all.
    withoutHashes: question(facts, [...argv, '--no-hashes'], environment),
  };
}
