import type { Notice } from '../failures/notice.ts';

const KNOWN: readonly (readonly [name: string, reach: number])[] = [
  ['requirements.txt', 2],
  ['pyproject.toml', 2],
  ['Pipfile.lock', 2],
  ['Pipfile', 1],
  ['setup.cfg', 1],
  ['gunicorn.conf.py', 2],
];

/** Names that differ from a manifest's by a typing error, where the manifest itself is missing. */
export function findMisspelt(names: readonly string[]): readonly Notice[] {
  const notices: Notice[] = [];
  for (const [meant, reach] of KNOWN) {
    if (names.includes(meant)) continue;
    const found = names.find((name) => !KNOWN.some(([known]) => known === name) && isNear(name, meant, reach));
    if (found !== undefined) notices.push({ kind: 'misspelt-name', found, meant });
  }
  return notices;
}

/** True when one name can be a typing error of the other: at most `reach` letters wrong, case apart. */
export function isNear(name: string, meant: string, reach: number): boolean {
  if (name.toLowerCase() === meant.toLowerCase()) return true;
  if (Math.abs(name.length - meant.length) > reach) return false;
  return distance(name.toLowerCase(), meant.toLowerCase()) <= reach;
}

/** Damerau-Levenshtein distance (adjacent letters swapped count once). */
function distance(left: string, right: string): number {
  const rows: number[][] = [[...Array(right.length + 1).keys()]];
  for (let i = 1; i <= left.length; i++) {
    const row = [i];
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1];
      const swapped = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      const choices = [at(row, j - 1) + 1, at(rows[i - 1], j) + 1, at(rows[i - 1], j - 1) + (same ? 0 : 1)];
      if (swapped) choices.push(at(rows[i - 2], j - 2) + 1);
      row.push(Math.min(...choices));
    }
    rows.push(row);
  }
  return at(rows.at(-1), right.length);
}

function at(row: readonly number[] | undefined, index: number): number {
  return row?.[index] ?? Number.POSITIVE_INFINITY;
}
