import type { AppCase } from '../../support/app-case.ts';
import { type Assignment, assign } from './assign.ts';
import { consumerNames } from './consumers.ts';
import { pairwiseRows, type Row } from './pairwise.ts';
import { canStart } from './starts.ts';

/** What varies between containers of the same application. */
export const dimensions = {
  consumer: consumerNames,
  release: ['trixie', 'bookworm'],
  user: ['1001', '12345:0', '100001:0'],
  root: ['writable', 'read-only'],
  init: ['default', 'off'],
} as const;

export type Combination = Row<typeof dimensions>;
export type Cell = Assignment<Combination>;

export const combinations: readonly Combination[] = pairwiseRows(dimensions);

/** Every application once, and every combination with at least one that runs. */
export function cellsOf(apps: readonly AppCase[]): readonly Cell[] {
  return assign(apps, combinations, canStart);
}
