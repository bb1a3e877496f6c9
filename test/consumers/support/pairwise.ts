/** What varies, and the values it takes. */
export type Dimensions = Readonly<Record<string, readonly string[]>>;

/** One value for each dimension. */
export type Row<D extends Dimensions> = { readonly [Name in keyof D]: D[Name][number] };

type Values = Readonly<Record<string, string>>;

/**
 * Rows in which any two values of different dimensions meet at least once. Greedy: each row takes, value by value, what meets
 * most that did not meet yet; ties go to the first. The same dimensions give the same rows.
 */
export function pairwiseRows<D extends Dimensions>(dimensions: D): readonly Row<D>[] {
  const open = new Set(pairsOf(dimensions));
  const rows: Row<D>[] = [];
  while (open.size > 0) {
    const row = nextRow(dimensions, open);
    for (const pair of pairsIn(row)) open.delete(pair);
    // Parsed edge of a mapped type: nextRow gave a value to each dimension.
    rows.push(row as Row<D>);
  }
  return rows;
}

/** Every pair of values that rows have to hold, as text. */
export function pairsOf(dimensions: Dimensions): readonly string[] {
  const names = Object.keys(dimensions);
  return names.flatMap((one, index) =>
    names
      .slice(index + 1)
      .flatMap((two) => (dimensions[one] ?? []).flatMap((a) => (dimensions[two] ?? []).map((b) => pairText(one, a, two, b)))),
  );
}

/** The pairs that one row holds, in the same words. */
export function pairsIn(row: Values): readonly string[] {
  const entries = Object.entries(row);
  return entries.flatMap(([one, a], index) => entries.slice(index + 1).map(([two, b]) => pairText(one, a, two, b)));
}

function pairText(one: string, a: string, two: string, b: string): string {
  return `${one}=${a} ${two}=${b}`;
}

/** Begins with the first pair that is open, so that each row closes at least that one. */
function nextRow(dimensions: Dimensions, open: ReadonlySet<string>): Values {
  const [first = ''] = open;
  const fixed = Object.fromEntries(first.split(' ').map((part) => part.split('=') as [string, string]));
  let row: Values = {};
  for (const [name, values] of Object.entries(dimensions)) {
    const choices = fixed[name] === undefined ? values : [fixed[name]];
    row = { ...row, [name]: best(choices, (value) => gain({ ...fixed, ...row, [name]: value }, name, dimensions, open)) };
  }
  return row;
}

function gain(row: Values, name: string, dimensions: Dimensions, open: ReadonlySet<string>): number {
  const inOrder = Object.fromEntries(Object.keys(dimensions).flatMap((key) => (row[key] === undefined ? [] : [[key, row[key]]])));
  return pairsIn(inOrder).filter((pair) => pair.split(' ').includes(`${name}=${row[name]}`) && open.has(pair)).length;
}

function best(values: readonly string[], score: (value: string) => number): string {
  const [first = '', ...others] = values;
  return others.reduce((found, value) => (score(value) > score(found) ? value : found), first);
}
