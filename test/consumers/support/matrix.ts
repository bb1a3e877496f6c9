import type { AppCase } from '../../support/app-case.ts';
import { consumerNames } from './consumers.ts';
import { pairwiseRows, type Row } from './pairwise.ts';

/** What varies between containers of the same application. */
export const dimensions = {
  consumer: consumerNames,
  release: ['trixie', 'bookworm'],
  user: ['1001', '12345:0', '100001:0'],
  root: ['writable', 'read-only'],
  init: ['default', 'off'],
} as const;

export type Combination = Row<typeof dimensions>;

/** One application in one combination. */
export interface Cell {
  readonly app: AppCase;
  readonly combination: Combination;
}

export const combinations: readonly Combination[] = pairwiseRows(dimensions);

/**
 * Every application once, and every combination with at least one that runs: an application goes to the combination that
 * has the fewest so far of those it can be shown in; those that can be shown in few come first.
 */
export function cellsOf(apps: readonly AppCase[]): readonly Cell[] {
  const taken = new Map<Combination, number>(combinations.map((combination) => [combination, 0]));
  const choices = apps.map((app) => ({ app, possible: combinations.filter((combination) => canShow(app, combination)) }));
  const cells = choices
    .toSorted((one, two) => one.possible.length - two.possible.length)
    .map(({ app, possible }) => {
      const [first, ...others] = possible;
      if (first === undefined) throw new Error(`${app.name} fits no combination`);
      const combination = others.reduce((best, one) => ((taken.get(one) ?? 0) < (taken.get(best) ?? 0) ? one : best), first);
      // One that is not started shows nothing of how containers start.
      if (app.run !== undefined) taken.set(combination, (taken.get(combination) ?? 0) + 1);
      return { app, combination };
    });
  const order = (cell: Cell) => combinations.indexOf(cell.combination);
  return cells.toSorted((one, two) => order(one) - order(two));
}

function canShow({ run }: AppCase, { root, init }: Combination): boolean {
  if (run === undefined) return true;
  // It writes into its own folder, and its case does not say how it does without.
  if (root === 'read-only' && run.files.length > 0 && run.readOnly === undefined) return false;
  // Process 1 does not hear a signal that it does not handle (B64): such an application needs the init.
  return !(init === 'off' && typeof run.stop.exit === 'string');
}

/** The combinations and their applications, as a table in Markdown. */
export function tableOf(cells: readonly Cell[]): string {
  const names = Object.keys(dimensions);
  const lines = combinations.map((combination, index) => {
    const apps = cells.filter((cell) => cell.combination === combination).map(({ app }) => app.name);
    return row([String(index + 1), ...Object.values(combination), apps.join(', ')]);
  });
  return [row(['#', ...names, 'applications']), row(['---', ...names.map(() => '---'), '---']), ...lines].join('\n');
}

function row(values: readonly string[]): string {
  return `| ${values.join(' | ')} |`;
}
