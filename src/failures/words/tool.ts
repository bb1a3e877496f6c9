import type { End } from '../../execute/effect.ts';
import type { Role } from '../../execute/plan.ts';
import { isHook } from '../../inspect/user-hooks.ts';
import { type Cause, causeOf, renderEnd } from '../cause.ts';
import type { ToolFailed } from '../kinds/building.ts';
import { type Message, withoutColour } from '../message.ts';
import { CAUSE_CHECKS, KILLED } from './causes.ts';
import { lockWords } from './lock.ts';
import { ROLE_WORDS } from './roles.ts';
import { WITHOUT_HOOKS } from './text.ts';

/** Where the step says more than the cause, or the cause means something else there. */
function checksOf(role: Role, cause: Cause, end: End): readonly string[] {
  if (isHook(role) && end.how !== 'signal') return HOOK_CHECKS;
  if (end.how === 'signal' && end.signal === 9) return role === 'migrate' || role === 'pre-run' ? [KILLED.run] : [KILLED.build];
  if (end.how === 'not-found' || end.how === 'not-executable') return STARTS;
  const own = OWN_CHECKS[role];
  if (own !== undefined) return ['disk-full', 'memory', 'certificate'].includes(cause) ? CAUSE_CHECKS[cause] : own;
  if (role === 'fetch-tool' && ['network', 'no-match', 'no-version', 'unknown'].includes(cause)) {
    return cause === 'network' ? [...CAUSE_CHECKS.network, FULL_IMAGE] : [FULL_IMAGE, ...CAUSE_CHECKS[cause].slice(-2)];
  }
  if (end.how === 'signal' && [4, 7, 8, 11].includes(end.signal)) return CRASHED;
  if (cause !== 'unknown') return CAUSE_CHECKS[cause];
  return UNKNOWN_CHECKS[role] ?? CAUSE_CHECKS.unknown;
}

const FULL_IMAGE =
  'the full image brings uv, Poetry, PDM and Pipenv: with it, or with the tool in S2I_TOOLS, nothing has to be fetched';

const HOOK_CHECKS = ["the hook's own words above; any exit status but 0 ends this too"];

const CRASHED = ['whether a compiled module was built for another Python, another machine or other libraries'];

const STARTS = ['whether the virtual environment is whole: its programs name an interpreter in their first line'];

const TRACEBACK = "the last line of the traceback above, which names the project's own fault";

/** What the project's own programs fail of is not what installers fail of. */
const OWN_CHECKS: Readonly<Partial<Record<Role, readonly string[]>>> = {
  'unpack-tool': [
    'whether the archive is whole (xz --test); if not, the image is damaged or was changed: pull it anew',
    'whether the image still has tar and xz',
  ],
  'collect-static': [
    TRACEBACK,
    'whether the settings need a variable that exists only at run time (SECRET_KEY, DATABASE_URL): give it a default, or a value for the build',
    'whether they ask a database or another service: none runs while an image is built',
    'by hand: python ./manage.py collectstatic --noinput',
  ],
  migrate: [
    TRACEBACK,
    'whether the database answers at the address that the settings name; while it still starts, starting this container again is enough',
    'the variables that the settings read (user, password, host): whether they reach this container',
  ],
};

const UNKNOWN_CHECKS: Readonly<Partial<Record<Role, readonly string[]>>> = {
  'create-venv': [
    'whether Python has its venv and ensurepip modules (on Debian: apt-get install python3-venv)',
    'whether the folder can be written',
  ],
  'check-dependencies': [
    'the packages that are named above: one asks for another that is missing, or for another version of it',
    'whether a dependency was overridden, or is left out, in the manifest on purpose',
  ],
  'install-application': ["the tool's own words above", 'by hand, in the source: pip install .'],
};

/** What pip says around the words of a program that it started tells nothing. */
const AROUND =
  /^\s*($|note: This |hint: See above|error: (subprocess-exited-with-error|metadata-generation-failed)|× Encountered error|│ exit code|╰─> See above|\[end of output\])/;

const RETRY = /^WARNING: Retrying \(Retry\(total=/;

/** The tool's last words, and further up the line that tells the cause. */
function lastWords(all: readonly string[], cause: number | undefined): readonly string[] {
  if (all.every((line) => line.trim() === '')) return ['It printed nothing.'];
  // Of a row of retries only the last is worth a line.
  const kept = all.map((line, index) => !(RETRY.test(line) && RETRY.test(all[index + 1] ?? '')));
  const lines = all.filter((line, index) => kept[index] && !AROUND.test(line));
  const at = cause === undefined ? undefined : lines.indexOf(all[cause] ?? '');
  const plain = lines.map((line) => `| ${withoutColour(line)}`);
  const from = Math.max(plain.length - 8, 0);
  return at === undefined || at < 0 || at >= from ? plain.slice(from) : [plain[at] ?? '', '| …', ...plain.slice(from)];
}

/** The words about a program that failed. */
export function toolFailed({ role, shown, end, lastLines, lock }: ToolFailed): Message {
  const { cause, at } = causeOf(lastLines);
  const found = [`Command: ${shown}`, ...lastWords(lastLines, at)];
  if (lock !== undefined) {
    const words = lockWords(lock, cause, role);
    if (words !== undefined) return { ...words, title: `${words.title}: ${renderEnd(end)}.`, found };
  }
  return { title: `${ROLE_WORDS[role]}: ${renderEnd(end)}.`, found, checks: checksOf(role, cause, end), ...wayOutOf(role) };
}

function wayOutOf(role: Role): Pick<Message, 'wayOut'> {
  switch (role) {
    case 'pre-install':
    case 'post-install':
    case 'verify':
    case 'pre-run':
      return { wayOut: WITHOUT_HOOKS };
    case 'collect-static':
      return { wayOut: 'S2I_COLLECTSTATIC=warn makes this a warning, DISABLE_COLLECTSTATIC=1 leaves the step out.' };
    case 'migrate':
      return { wayOut: 'DISABLE_MIGRATE=1 starts the server without migrating.' };
    case 'check-dependencies':
      return { wayOut: 'S2I_DEPENDENCY_CHECK=warn makes this a warning.' };
    case 'unpack-tool':
      return { wayOut: 'S2I_TOOLS=/nowhere leaves it alone and fetches the tool from the index.' };
    case 'fetch-tool':
      return { wayOut: 'S2I_PACKAGE_MANAGER=pip needs no other tool, and passes over the lock.' };
    case 'upgrade-pip':
      return { wayOut: 'leave UPGRADE_PIP_TO_LATEST unset to keep the pip that is there.' };
    case 'install-application':
      return {
        wayOut:
          'DISABLE_SETUP_PY_PROCESSING=1 or DISABLE_PYPROJECT_TOML_PROCESSING=1 leaves the application out; what it needs has to stand in requirements.txt or a lock.',
      };
    default:
      return {};
  }
}
