import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { problems, renderParts } from './test-matrix/render.ts';

const page = join(import.meta.dirname, '../../docs/test-matrix.md');

/** What stands between the marks of each part; the marks themselves are kept. */
function filled(text: string): string {
  return Object.entries(renderParts()).reduce((done, [name, part]) => {
    const [begin, end] = [`<!-- ${name} -->\n`, `\n<!-- /${name} -->`];
    const [from, to] = [done.indexOf(begin), done.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`docs/test-matrix.md has no place for ${name}`);
    return `${done.slice(0, from + begin.length)}${part}${done.slice(to)}`;
  }, text);
}

test('each application stands in a row, and each row names what is there', () => {
  expect(problems()).toEqual([]);
});

test('docs/test-matrix.md says what the corpus, the applications and their containers are', () => {
  const text = readFileSync(page, 'utf8');
  if (process.env.S2I_UPDATE_GOLDENS === '1') writeFileSync(page, filled(text));
  else expect(text, 'S2I_UPDATE_GOLDENS=1 npx vitest run test/docs/test-matrix.test.ts writes it').toBe(filled(text));
});
