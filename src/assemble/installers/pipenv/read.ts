import { TEMPORARY } from '../../../execute/plan.ts';
import { asideFrom, checkLock, question, type Reading, type ReadingContext, wordsOf } from '../reading.ts';

/** Pipfile.lock, checked as `--deploy` checks it; or Pipfile alone, whose versions are then found by pip. */
export function readPipfileLock({ facts, program, manifest }: ReadingContext): Reading {
  const aside = asideFrom(facts, { PIPENV_CACHE_DIR: `${TEMPORARY}/pipenv-cache` });
  const set = {
    ...aside.set,
    PIPENV_IGNORE_VIRTUALENVS: '1',
    PIPENV_NOSPIN: '1',
    PIPENV_VERBOSITY: '-1',
    WORKON_HOME: `${TEMPORARY}/environments`,
  };
  const environment = { set, unset: aside.unset };
  const lock = { file: manifest, renew: 'pipenv lock' };
  if (manifest === 'Pipfile') {
    const argv = [program, 'requirements', '--from-pipfile', '--no-lock'] as const;
    return { lock, checks: [], export: question(facts, argv, environment) };
  }
  const groups = wordsOf(facts, 'S2I_INSTALL_GROUPS');
  const categories = groups.length === 0 ? [] : [`--categories=${['packages', ...groups].join(',')}`];
  return {
    lock,
    checks: [checkLock(facts, lock, 'Pipfile', [program, 'verify'], environment)],
    export: question(facts, [program, 'requirements', '--hash', ...categories], environment),
  };
}
