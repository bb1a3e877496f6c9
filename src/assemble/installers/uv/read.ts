import { TEMPORARY } from '../../../execute/plan.ts';
import { lockWriter } from '../../../inspect/manifests/locks.ts';
import { join } from '../../../inspect/paths.ts';
import type { AssembleFacts } from '../../facts.ts';
import { asideFrom, checkLock, eachWith, question, type Reading, type ReadingContext, wordsOf } from '../reading.ts';

/** Settings of indexes: a lock names its own, and with others uv takes it for outdated. */
const INDEXES = ['UV_DEFAULT_INDEX', 'UV_INDEX', 'UV_INDEX_URL', 'UV_EXTRA_INDEX_URL', 'UV_FIND_LINKS', 'UV_NO_INDEX'];
/** Switches that contradict the options given here. */
const SWITCHES = ['UV_FROZEN', 'UV_LOCKED', 'UV_SYSTEM_PYTHON', 'UV_PROJECT', 'UV_WORKING_DIRECTORY', 'UV_TARGET', 'UV_PREFIX'];

/** uv and setuptools below it leave files in the temporary folder by which they wait for each other. */
export const ASIDE = { TMPDIR: TEMPORARY };

/** What every command of uv gets. */
export function uvVariables({ places, given, linkable }: AssembleFacts): Readonly<Record<string, string>> {
  return {
    UV_CACHE_DIR: `${TEMPORARY}/uv-cache`,
    // Our own cache is removed: its files become the environment's. One that is kept must not share them with it, and where
    // they cannot be linked uv warns (docs/upstream/installers.md, I5).
    UV_LINK_MODE: given.has('UV_CACHE_DIR') || !linkable ? 'copy' : 'hardlink',
    UV_NO_PROGRESS: '1',
    // Whatever .python-version says: there is one Python here, and none is downloaded.
    UV_PYTHON: join(places.appRoot, 'bin/python'),
    UV_PYTHON_DOWNLOADS: 'never',
    UV_PROJECT_ENVIRONMENT: `${TEMPORARY}/environment`,
  };
}

/** uv.lock: checked without network and indexes first, which takes milliseconds and which no mirror disturbs. */
export function readUvLock({ facts, program, manifest }: ReadingContext): Reading {
  const aside = asideFrom(facts, uvVariables(facts));
  const environment = { set: { ...aside.set, ...fixed(facts) }, unset: [...aside.unset, ...SWITCHES] };
  const alone = { ...environment, unset: [...environment.unset, ...INDEXES] };
  const lock = { file: manifest, renew: lockWriter('uv') };
  const check = checkLock(facts, lock, 'pyproject.toml', [program, 'lock', '--check'], alone);
  const chosen = [
    ...eachWith('--extra', wordsOf(facts, 'S2I_INSTALL_EXTRAS')),
    ...eachWith('--group', wordsOf(facts, 'S2I_INSTALL_GROUPS')),
  ];
  const plain = ['--no-header', '--no-annotate', '--no-editable', '--no-emit-project'];
  return {
    lock,
    checks: [
      {
        ...check,
        effect: {
          kind: 'run',
          command: { ...check.effect.command, argv: [...check.effect.command.argv, '--offline'], output: 'drop' },
        },
        onFailure: {
          do: 'retry',
          notice: { kind: 'text', level: 'info', text: `${manifest} is not confirmed by what is here: its index is asked.` },
          effect: check.effect,
          role: 'check-lock',
          lock,
        },
      },
    ],
    export: question(facts, [program, 'export', '--frozen', '--no-dev', ...plain, ...chosen], environment),
  };
}

/** These are not for the user to choose: they keep uv away from the application's environment. */
function fixed(facts: AssembleFacts): Readonly<Record<string, string>> {
  const { UV_PYTHON = '', UV_PROJECT_ENVIRONMENT = '' } = uvVariables(facts);
  return { UV_PYTHON, UV_PROJECT_ENVIRONMENT, UV_PYTHON_DOWNLOADS: 'never', ...ASIDE };
}
