import type { AppCase } from '../../support/app-case.ts';
import type { Dimensions, Row } from './pairwise.ts';

/** One application in one combination. */
export interface Assignment<Combination> {
  readonly app: AppCase;
  readonly combination: Combination;
}

/**
 * Every application once, and every combination with at least one that runs: an application goes to the combination that
 * has the fewest so far of those it can be shown in; those that can be shown in few come first.
 */
export function assign<Combination extends Row<Dimensions>>(
  apps: readonly AppCase[],
  combinations: readonly Combination[],
  canShow: (app: AppCase, combination: Combination) => boolean,
): readonly Assignment<Combination>[] {
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
  const order = (cell: Assignment<Combination>) => combinations.indexOf(cell.combination);
  return cells.toSorted((one, two) => order(one) - order(two));
}

/** The combinations and their applications, as a table in Markdown. */
export function tableOf<Combination extends Row<Dimensions>>(
  combinations: readonly Combination[],
  cells: readonly Assignment<Combination>[],
): string {
  const names = Object.keys(combinations[0] ?? {});
  const lines = combinations.map((combination, index) => {
    const apps = cells.filter((cell) => cell.combination === combination).map(({ app }) => app.name);
    return row([String(index + 1), ...names.map((name) => combination[name] ?? ''), apps.join(', ')]);
  });
  return [row(['#', ...names, 'applications']), row(['---', ...names.map(() => '---'), '---']), ...lines].join('\n');
}

function row(values: readonly string[]): string {
  return `| ${values.join(' | ')} |`;
}
