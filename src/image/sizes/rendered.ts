import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RenderedFile } from '../rendered.ts';
import { renderChart } from './chart.ts';
import { parseSizes } from './measured.ts';
import { names, renderSizesPage } from './page.ts';

/** docs/sizes, from what was measured. */
export function renderSizes(repository: string): readonly RenderedFile[] {
  const folder = 'docs/sizes';
  const sizes = parseSizes(readFileSync(join(repository, folder, 'measured.json'), 'utf8'));
  return [
    { path: join(folder, 'README.md'), text: renderSizesPage(sizes) },
    ...names().map((name) => ({ path: join(folder, `${name}.svg`), text: renderChart(sizes, name) })),
  ];
}
