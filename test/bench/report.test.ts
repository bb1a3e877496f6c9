import { describe, expect, test } from 'vitest';
import { median } from '../../bench/report/median.ts';
import { renderPage } from '../../bench/report/page.ts';
import { judge, type Measured, type Sample } from '../../bench/report/results.ts';
import { renderTable } from '../../bench/report/table.ts';
import { rows } from '../../bench/rows.ts';

function samples(...walls: readonly number[]): readonly Sample[] {
  return walls.map((wall) => ({ wall, cpu: wall, memory: 40 }));
}

const row: Measured = { id: 'run', title: 'run', target: 0.7, ours: samples(6, 7, 90), baseline: samples(10, 9, 11) };

describe('median', () => {
  test('is the middle of an odd number of values, whatever their order', () => {
    expect(median([30, 1, 2])).toBe(2);
  });

  test('is the mean of the middle two of an even number', () => {
    expect(median([4, 1, 2, 100])).toBe(3);
  });

  test('of nothing is an error', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('a verdict', () => {
  test('compares medians, so that one slow run changes nothing', () => {
    expect(judge(row)).toMatchObject({ ratio: 0.7, judgement: 'met' });
  });

  test('is missed above the target', () => {
    expect(judge({ ...row, ours: samples(7.1) })).toMatchObject({ judgement: 'missed' });
  });

  test('of a row without a target is only reported', () => {
    const { target: _, ...reported } = row;
    expect(judge(reported)).toMatchObject({ ratio: 0.7, judgement: 'reported' });
  });

  test('is missed where more memory is taken than allowed, however fast it was', () => {
    expect(judge({ ...row, memory: 4 })).toMatchObject({ judgement: 'missed' });
    expect(judge({ ...row, memory: 40 })).toMatchObject({ judgement: 'met' });
    const { target: _, baseline: __, ...alone } = row;
    expect(judge({ ...alone, memory: 4 })).toMatchObject({ judgement: 'missed' });
  });

  test('without a baseline meets and misses nothing', () => {
    const { baseline: _, ...alone } = row;
    expect(judge(alone)).toEqual({
      id: 'run',
      title: 'run',
      target: 0.7,
      ours: { wall: 7, cpu: 7, memory: 40 },
      judgement: 'no baseline',
    });
  });
});

describe('the report', () => {
  const { baseline: _, target: __, ...alone } = row;
  const verdicts = [judge(row), judge({ ...alone, title: 'Node alone' })];

  test('is a table that reads as it stands', () => {
    expect(renderTable(verdicts)).toMatchInlineSnapshot(`
      "|            | baseline ms | ours ms | ratio | target | verdict  | baseline MB | ours MB | limit |
      | ---------- | ----------: | ------: | ----: | -----: | -------- | ----------: | ------: | ----: |
      | run        |        10.0 |     7.0 |  0.70 | ≤ 0.70 | met      |        40.0 |    40.0 |       |
      | Node alone |             |     7.0 |       |        | reported |             |    40.0 |       |
      "
    `);
  });

  test('says where and when it was measured', () => {
    const page = renderPage(verdicts, {
      date: '2026-01-31',
      processor: 'Abacus 9',
      processors: 2,
      kernel: '6.1',
      system: 'Debian',
      node: '24.1.0',
      python: '3.13.1',
      rounds: 30,
      baseline: '`run` sha256:012345',
    });
    expect(page).toContain('on 2026-01-31; medians of 30 runs');
    expect(page).toContain('* Abacus 9, 2 processors, Linux 6.1, Debian');
    expect(page).toContain('* Node 24.1.0, Python 3.13.1, baseline `run` sha256:012345');
    expect(page).toContain(renderTable(verdicts));
  });
});

test('every row has a name of its own', () => {
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
});
