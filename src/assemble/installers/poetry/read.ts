import { TEMPORARY } from '../../../execute/plan.ts';
import { lockWriter } from '../../../inspect/manifests/locks.ts';
import { asideFrom, eachWith, question, type Reading, type ReadingContext, wordsOf } from '../reading.ts';

/** poetry.lock: the main group; the export refuses a lock that does not fit pyproject.toml. */
export function readPoetryLock({ facts, program, manifest }: ReadingContext): Reading {
  const aside = asideFrom(facts, { POETRY_CACHE_DIR: `${TEMPORARY}/poetry-cache` });
  const set = {
    ...aside.set,
    POETRY_NO_INTERACTION: '1',
    POETRY_VIRTUALENVS_CREATE: 'false',
    POETRY_VIRTUALENVS_IN_PROJECT: 'false',
    POETRY_VIRTUALENVS_PATH: `${TEMPORARY}/environments`,
  };
  const chosen = [
    ...eachWith('--extras', wordsOf(facts, 'S2I_INSTALL_EXTRAS')),
    ...eachWith('--with', wordsOf(facts, 'S2I_INSTALL_GROUPS')),
  ];
  // The file that the answer becomes lies in the temporary folder only, and pip has to log in where Poetry would.
  const argv = [program, 'export', '--format', 'requirements.txt', '--with-credentials', ...chosen] as const;
  return {
    lock: { file: manifest, renew: lockWriter('poetry') },
    checks: [],
    export: question(facts, argv, { set, unset: aside.unset }),
  };
}
