import type { Behaviour } from './behaviours.ts';
import type { Case } from './cases.ts';

/** Everything the table is made of. */
export interface Parity {
  /** The items that `docs/upstream/hooks.md` states. */
  readonly items: readonly number[];
  readonly behaviours: readonly Behaviour[];
  /** The anchors of `docs/differences.md`. */
  readonly anchors: readonly string[];
  readonly cases: readonly Case[];
}

/** What is wrong with the table, one line each; empty when nothing is. */
export function findProblems(parity: Parity): readonly string[] {
  return [
    ...repeated(parity.items, (item) => `B${item} stands twice in docs/upstream/hooks.md`),
    ...repeated(
      parity.behaviours.map(({ item }) => item),
      (item) => `B${item} has two entries in docs/upstream/behaviours.json`,
    ),
    ...repeated(parity.anchors, (anchor) => `the anchor ${anchor} stands twice in docs/differences.md`),
    ...findMissingRows(parity),
    ...parity.behaviours.flatMap((behaviour) => findRowProblems(behaviour, parity)),
    ...findUnknownTags(parity),
  ];
}

function repeated<T>(values: readonly T[], words: (value: T) => string): readonly string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))].map(words);
}

function findMissingRows({ items, behaviours }: Parity): readonly string[] {
  const known = new Set(behaviours.map(({ item }) => item));
  return items.filter((item) => !known.has(item)).map((item) => `B${item} has no row: add it to docs/upstream/behaviours.json`);
}

function findRowProblems({ item, verdict, where }: Behaviour, { items, anchors, cases }: Parity): readonly string[] {
  const problems: string[] = [];
  if (!items.includes(item)) problems.push(`B${item} has a row but is not stated in docs/upstream/hooks.md`);
  if (verdict === 'fixed' && where !== undefined && !anchors.includes(where)) {
    problems.push(`B${item} is fixed, but docs/differences.md has no anchor ${where}`);
  }
  if (verdict !== 'not-ours' && !cases.some((shown) => shown.item === String(item))) {
    problems.push(`B${item} is ${verdict}, but no test name carries [B${item}] and no corpus case lists it`);
  }
  return problems;
}

function findUnknownTags({ items, cases }: Parity): readonly string[] {
  const known = new Set(items.map(String));
  return cases.filter(({ item }) => !known.has(item)).map(({ item, file }) => `${file}: [B${item}] names no item`);
}
