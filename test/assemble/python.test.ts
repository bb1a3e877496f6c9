import { describe, expect, test } from 'vitest';
import { IMAGE_PYTHONS } from '../../src/assemble/python.ts';
import { BUILT } from '../../src/image/spec/distributions.ts';
import { satisfies } from '../../src/inspect/specifier.ts';

test('the Pythons that messages name are those of the images that are built', () => {
  expect([...IMAGE_PYTHONS].sort()).toEqual(BUILT.map(({ python }) => python).sort());
});

describe('a version satisfies a specifier', () => {
  test.each([
    ['3.13.5', '>=3.11'],
    ['3.13.5', '>=3.11,<4'],
    ['3.13.5', '==3.13.*'],
    ['3.13.0', '==3.13'],
    ['3.13.5', '!=3.13.4'],
    ['3.13.5', '!=3.12.*, >3'],
    ['3.13.5', '~=3.11'],
    ['3.13.5', '~=3.13.2'],
    ['3.13.5', '^3.11'],
    ['3.13.5', '~3.13'],
    ['3.13.5', '^3.8 || >=4'],
    ['3.13.5', '*'],
    ['0.13.9', '^0.13'],
    ['0.13.9', '<=0.13.9'],
  ])('%s satisfies %s', (version, specifier) => {
    expect(satisfies(version, specifier)).toBe(true);
  });

  test.each([
    ['3.13.5', '<3.13'],
    ['3.13.5', '>3.13.5'],
    ['3.13.5', '==3.13'],
    ['3.13.5', '===3.13.4'],
    ['3.13.5', '!=3.13.*'],
    ['3.13.5', '~=3.12.1'],
    ['3.13.5', '~3.12'],
    ['3.13.5', '^4'],
    ['0.13.9', '^0.12'],
    ['3.13.5', '>=3.14 || ==2.7.*'],
  ])('%s does not satisfy %s', (version, specifier) => {
    expect(satisfies(version, specifier)).toBe(false);
  });

  test.each([
    ['3.13.5', '>=3.14a1'],
    ['3.13.5', 'newest'],
    ['3.13rc1', '>=3.11'],
    ['3.13.5', '=>3.11'],
  ])('nothing is said about %s and %s', (version, specifier) => {
    expect(satisfies(version, specifier)).toBe(undefined);
  });

  test('what is certainly wrong counts before what is not understood', () => {
    expect(satisfies('3.13.5', '<3, >=3.0a1')).toBe(false);
  });
});
