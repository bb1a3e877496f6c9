import type { Failure } from '../../failures/failure.ts';
import type { Notice } from '../../failures/notice.ts';
import { normaliseName } from '../../inspect/installed.ts';
import type { ApplicationChoice } from '../application.ts';
import type { AssembleFacts } from '../facts.ts';
import { type InstallerChoice, isExported } from './choose.ts';
import { wordsOf } from './reading.ts';

type Facts = Pick<AssembleFacts, 'settings' | 'project'>;

/** Names that tools know without a manifest, and PDM's patterns. */
const KNOWN = /^(:.*|main|default|packages)$/;

/** Extras and groups that the manifest does not have: PDM and Pipenv would leave them out without a word. */
export function selectionFailures(facts: Facts, choice: InstallerChoice): readonly Failure[] {
  if (!isExported(choice)) return [];
  const file = choice.installer === 'pipenv' ? 'Pipfile' : 'pyproject.toml';
  const { extras, groups } = namesOf(facts, choice);
  return [unknown(facts, 'S2I_INSTALL_EXTRAS', file, extras), unknown(facts, 'S2I_INSTALL_GROUPS', file, groups)].flat();
}

interface Names {
  /** Undefined: not known, or not told apart from what another setting names. */
  readonly extras: readonly string[] | undefined;
  readonly groups: readonly string[] | undefined;
}

function namesOf({ project }: Facts, { installer }: InstallerChoice): Names {
  if (installer === 'pipenv') return { extras: undefined, groups: project.pipfile.categories };
  const { extras, groups = [] } = project.pyproject?.tools ?? {};
  // PDM has one option for both.
  if (installer === 'pdm') {
    const both = extras === undefined ? undefined : [...extras, ...groups];
    return { extras: both, groups: both };
  }
  return { extras, groups };
}

function unknown(
  facts: Facts,
  setting: 'S2I_INSTALL_EXTRAS' | 'S2I_INSTALL_GROUPS',
  file: string,
  known: readonly string[] | undefined,
): readonly Failure[] {
  if (known === undefined) return [];
  // Names of extras and groups are normalised like those of packages (PEP 685, PEP 735).
  const names = new Set(known.map(normaliseName));
  const missing = wordsOf(facts, setting).filter((word) => !names.has(normaliseName(word)) && !KNOWN.test(word));
  return missing.length === 0 ? [] : [{ kind: 'selection-unknown', setting, file, missing, known }];
}

/** Settings that nothing here reads. */
export function selectionNotices(facts: Facts, choice: InstallerChoice, { declaredBy }: ApplicationChoice): readonly Notice[] {
  const { installer, manifest } = choice;
  const grouped = isExported(choice) && manifest !== 'Pipfile';
  const extras = (isExported(choice) && installer !== 'pipenv') || declaredBy.length > 0;
  const unread = [
    ...(extras ? [] : [['S2I_INSTALL_EXTRAS', 'the application is not installed as a package'] as const]),
    ...(grouped ? [] : [['S2I_INSTALL_GROUPS', 'only uv.lock, poetry.lock, pdm.lock and Pipfile.lock have groups'] as const]),
  ];
  return unread
    .filter(([setting]) => wordsOf(facts, setting).length > 0)
    .map(([setting, reason]) => ({ kind: 'text', level: 'warning', text: `${setting} is not used: ${reason}.` }));
}
