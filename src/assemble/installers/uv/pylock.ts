import type { Step } from '../../../execute/plan.ts';
import type { Notice } from '../../../failures/notice.ts';
import { type PylockEntry, pylockEntries } from '../../../inspect/manifests/pylock.ts';
import type { AssembleFacts } from '../../facts.ts';
import type { InstallerChoice } from '../choose.ts';
import { type Exported, parseExported } from '../exported.ts';
import { planExported } from '../locked.ts';
import { hasMirror } from '../mirror.ts';
import { readyTool } from '../pinned.ts';
import { hasNoIndex } from '../wheelhouse.ts';

/** What cannot be asked of an index. */
const ELSEWHERE = /^(?:vcs|archive) = |^\[packages\.(?:vcs|archive)\]/m;
const DIRECTORY = /^(?:directory = \{ |\[packages\.directory\]\n)path = "([^"\n]+)"/m;
/** Markers of the standard that no requirement can have. */
const OF_LOCKS = /\b(?:extras|dependency_groups)\b/;

/**
 * The steps that install pylock.toml from the index that is set, or without any: every tool asks the addresses in the file
 * whatever is set (I4), so its versions and hashes are made requirements. Undefined where the tool is to read the file.
 */
export function planPylock(facts: AssembleFacts, choice: InstallerChoice): readonly Step[] | undefined {
  const found = fromIndex(facts, choice.manifest);
  if (found === undefined || found === 'cannot') return undefined;
  return [...readyTool(facts, 'uv', choice.source).steps, ...planExported(facts, choice, found).steps];
}

/** Says why the index that is set is not asked. */
export function pylockNotices(facts: AssembleFacts, file: string | undefined): Notice[] {
  if (fromIndex(facts, file) !== 'cannot') return [];
  const text = `${file} names repositories, archives by address or groups: all of it is fetched from the addresses in it, not from the index that is set.`;
  return [{ kind: 'text', level: 'info', text }];
}

function fromIndex(facts: AssembleFacts, file: string | undefined): Exported | 'cannot' | undefined {
  const lock = facts.project.locks.find((one) => one.kind === 'pylock' && one.file === file);
  const { UV_DEFAULT_INDEX, UV_INDEX_URL } = facts.installerVariables;
  if (lock === undefined || !(hasNoIndex(facts) || hasMirror(facts) || UV_DEFAULT_INDEX || UV_INDEX_URL)) return undefined;
  const lines = requirementsIn(lock.text);
  return lines === undefined ? 'cannot' : parseExported(lines.join('\n'), facts.places.home);
}

/** Each package of pylock.toml as a requirement; undefined where one cannot be put like that. */
export function requirementsIn(lock: string): readonly string[] | undefined {
  const lines = pylockEntries(lock).flatMap((entry) => lineOf(entry) ?? []);
  const all = lock.split(/^\s*\[\[\s*packages\s*\]\]/m).length - 1;
  return lines.length < all ? undefined : lines;
}

function lineOf({ name, version, text }: PylockEntry): string | undefined {
  const [, basic, literal] = /^marker = (?:"((?:[^"\\\n]|\\")*)"|'([^'\n]*)')$/m.exec(text) ?? [];
  const marker = basic?.replaceAll('\\"', '"') ?? literal;
  if (ELSEWHERE.test(text) || (marker === undefined ? /^marker\b/m : OF_LOCKS).test(marker ?? text)) return undefined;
  const only = marker === undefined ? '' : ` ; ${marker}`;
  const folder = DIRECTORY.exec(text)?.[1];
  if (folder !== undefined) return `${folder === '.' ? '' : './'}${folder}${only}`;
  const hashes = [...text.matchAll(/\bsha256\s*=\s*"([0-9a-f]{64})"/g)].map(([, hash = '']) => ` --hash=sha256:${hash}`);
  return version === '' || hashes.length === 0 ? undefined : `${name}==${version}${only}${hashes.join('')}`;
}
