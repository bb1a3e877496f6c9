import type { Rejected } from '../run/launch.ts';
import { byReason } from '../run/rejected.ts';
import { packed, type Row } from './lines.ts';

/** How much of a plan is shown: what tells this project from others, or everything. */
export type Detail = 'short' | 'all';

/** What was not taken: together where the reason is the same, or one by one with the place. */
export function rejectedRows(rejected: readonly Rejected[], detail: Detail): readonly Row[] {
  const lines = detail === 'all' ? rejected.map(oneByOne) : packed(byReason(rejected));
  return lines.map((line, at): Row => [at === 0 ? '  not taken' : '', line]);
}

function oneByOne({ candidate, where, reason }: Rejected): string {
  return `${candidate}: ${reason}${where === '' ? '' : ` (${where})`}`;
}
