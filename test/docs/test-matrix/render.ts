import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { BUILT } from '../../../src/image/spec/distributions.ts';
import { tableOf } from '../../consumers/support/assign.ts';
import { cellsOf as consumerCells, combinations as consumerCombinations } from '../../consumers/support/matrix.ts';
import { type Cell, cellsOf } from '../../image/containers/support/flavours.ts';
import { type AppCase, readApps } from '../../support/app-case.ts';
import { AROUND, INSTALLERS, type Row, SERVERS } from './rows.ts';

const tests = join(import.meta.dirname, '../..');
const RELEASES = BUILT.map(({ release }) => release);

/** The parts of docs/test-matrix.md that follow from the corpus and the applications, by the names of their places there. */
export function renderParts(): Readonly<Record<string, string>> {
  const apps = readApps();
  const plain = cellsOf(apps, ['trixie'], 'plain');
  const all = cellsOf(apps, RELEASES, 'all');
  const render = (rows: readonly Row[]) => [HEAD, ...rows.map((row) => renderRow(row, apps, plain, all))].join('\n');
  return {
    installers: render(INSTALLERS),
    servers: render(SERVERS),
    around: render(AROUND),
    flavours: tableOf([...new Set(all.map(({ combination }) => combination))], all),
    consumers: tableOf(consumerCombinations, consumerCells(apps)),
  };
}

/** Applications that no row names, and what rows name that is not there. */
export function problems(): readonly string[] {
  const rows = [...INSTALLERS, ...SERVERS, ...AROUND];
  const apps = readApps().map(({ name }) => name);
  const named = new Set(rows.flatMap((row) => row.apps));
  return [
    ...apps.filter((name) => !named.has(name)).map((name) => `no row of test/docs/test-matrix/rows.ts names test/apps/${name}`),
    ...[...named].filter((name) => !apps.includes(name)).map((name) => `there is no test/apps/${name}`),
    ...rows.flatMap(({ corpus }) => corpus.filter((pattern) => casesOf(pattern) === 0).map((one) => `no case is ${one}`)),
    ...rows.flatMap(({ also = [] }) => also.filter((file) => !existsSync(join(tests, file))).map((one) => `no test is ${one}`)),
  ];
}

const HEAD = `| what | corpus | applications | in containers | and by \`--all\` | other tests |
| --- | --- | --- | --- | --- | --- |`;

function renderRow(row: Row, apps: readonly AppCase[], plain: readonly Cell[], all: readonly Cell[]): string {
  const [early, late] = [imagesOf(row, plain), imagesOf(row, all)];
  const cells = [
    row.what,
    row.corpus.map((pattern) => pattern.replaceAll('*', '\\*')),
    row.apps.map((name) => (apps.find((app) => app.name === name)?.needs.all === undefined ? name : `*${name}*`)),
    early,
    late.filter((image) => !early.includes(image)),
    row.also ?? [],
  ];
  return `| ${cells.map((cell) => (typeof cell === 'string' ? cell : cell.join(', '))).join(' | ')} |`;
}

function imagesOf({ apps }: Row, cells: readonly Cell[]): readonly string[] {
  const images = cells.filter(({ app }) => apps.includes(app.name)).map(({ combination }) => combination.image);
  return [...new Set(images.map((image) => image.replace(/^(minimal|micro)\/native$/, '$1')))].sort();
}

function casesOf(pattern: string): number {
  return globSync(join(tests, 'corpus', pattern, 'case.json')).length;
}
