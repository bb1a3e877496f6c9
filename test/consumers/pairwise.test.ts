import { expect, test } from 'vitest';
import { type Dimensions, pairsIn, pairsOf, pairwiseRows } from './support/pairwise.ts';

const examples: Readonly<Record<string, Dimensions>> = {
  'two dimensions, which need every combination': { a: ['1', '2', '3'], b: ['x', 'y'] },
  'many of two values': { a: ['0', '1'], b: ['0', '1'], c: ['0', '1'], d: ['0', '1'], e: ['0', '1'], f: ['0', '1'] },
  'of different sizes': { a: ['1', '2', '3', '4'], b: ['1', '2', '3'], c: ['1'], d: ['1', '2'] },
  'values that begin alike': { a: ['1', '12', '123'], ab: ['1', '12'], b: ['12', '123'] },
};

test.each(Object.entries(examples))('rows of %s hold every pair, and the same ones each time', (_title, dimensions) => {
  const rows = pairwiseRows(dimensions);
  const held = new Set(rows.flatMap(pairsIn));
  expect(pairsOf(dimensions).filter((pair) => !held.has(pair))).toEqual([]);
  expect(rows.every((row) => Object.keys(row).length === Object.keys(dimensions).length)).toBe(true);
  expect(pairwiseRows(dimensions)).toEqual(rows);
  const product = Object.values(dimensions).reduce((count, values) => count * values.length, 1);
  expect(rows.length).toBeLessThanOrEqual(product);
});

test('without dimensions there are no rows', () => {
  expect(pairwiseRows({})).toEqual([]);
});
