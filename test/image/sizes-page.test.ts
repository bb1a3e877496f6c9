import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { renderChart } from '../../src/image/sizes/chart.ts';
import { parseSizes, type Sizes, sizeOf } from '../../src/image/sizes/measured.ts';
import { names, renderSizesPage, ways } from '../../src/image/sizes/page.ts';

/** A way's place is its size in units of 100 MB. */
const sizes: Sizes = {
  date: '2026-01-02',
  base: { name: 'debian:trixie-slim', uncompressed: 80_900_000, compressed: 29_900_000 },
  images: names().flatMap((application) =>
    ways().map((way, index) => ({
      application,
      way,
      uncompressed: (index + 1) * 1e8,
      compressed: (index + 1) * 25e6,
      layers: index + 2,
      repeated: index * 1e6,
    })),
  ),
};

describe('the page of sizes', () => {
  const page = renderSizesPage(sizes);

  test('has a row of figures for every way', () => {
    expect(page).toContain('| by hand, one stage | 100.0 | 25.0 | 2 | 0.0 |');
    expect(page).toContain('| full → micro | 600.0 | 150.0 | 7 | 5.0 |  |');
    expect(page.match(/^\| (by hand|full|minimal)/gm)).toHaveLength(2 * ways().length);
  });

  test('says on what it rests, and shows the charts', () => {
    expect(page).toContain('debian:trixie-slim (80.9 MB, 29.9 MB compressed');
    expect(page).toContain('2026-01-02');
    for (const name of names()) expect(page).toContain(`(${name}.svg)`);
  });

  test('has the figures of others as history', () => {
    for (const figure of ['958', '139', '125', 'more than 1000', 'just under 400', '176', '155'])
      expect(page).toContain(`| ${figure} |`);
  });
});

describe('the chart', () => {
  const chart = renderChart(sizes, 'flask');

  test('has a bar for each way, whose length is its share of the largest', () => {
    const widths = [...chart.matchAll(/<rect x="170" y="\d+" width="([\d.]+)"/g)].map(([, width]) => Number(width));
    expect(widths).toHaveLength(ways().length);
    for (const [index, width] of widths.entries()) expect(width).toBeCloseTo(((index + 1) / 6) * 460, 0);
  });

  test('gives every figure as text too', () => {
    expect(chart).toContain('<title>full → micro: 600 MB, 150 MB compressed</title>'.replace('150 MB', '150'));
    expect(chart).toContain('aria-label="Flask and gunicorn: sizes of images"');
  });

  test('is well-formed: every element that begins ends', () => {
    const open = (chart.match(/<[a-z]+/g) ?? []).length;
    const closed = (chart.match(/<\/[a-z]+>|\/>/g) ?? []).length;
    expect(open).toBe(closed);
  });
});

test('a way that was not measured is an error', () => {
  expect(() => sizeOf({ ...sizes, images: [] }, 'flask', 'full-to-micro')).toThrow('flask was not measured: full-to-micro');
});

describe('what was measured', () => {
  const found = parseSizes(readFileSync(join(import.meta.dirname, '../../docs/sizes/measured.json'), 'utf8'));
  const size = (way: Parameters<typeof sizeOf>[2]) => sizeOf(found, 'flask', way).uncompressed;

  test('keeps what is promised of Flask on the micro image', () => {
    expect(size('full-to-micro')).toBeLessThanOrEqual(58e6);
    expect(size('full-to-micro') / size('full-naive')).toBeLessThanOrEqual(0.08);
    expect(size('full-to-micro') / size('minimal-naive')).toBeLessThanOrEqual(0.4);
  });

  test.each(names())('stores nothing large twice in stages of ours: %s', (application) => {
    for (const way of ['full-to-micro'] as const) expect(sizeOf(found, application, way).repeated).toBeLessThan(100_000);
  });
});
