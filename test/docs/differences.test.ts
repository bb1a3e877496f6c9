import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const page = readFileSync(join(import.meta.dirname, '../../docs/differences.md'), 'utf8');

test('the list at the top of differences.md names every entry once, part by part', () => {
  const parts = page.split(/^## /m).slice(1);
  const entries = parts.map((part) => [...part.matchAll(/^<a id="([^"]+)"/gm)].map(([, anchor]) => anchor));
  const listed = page.split('\n').filter((line) => /^- \w[\w ]*: \[/.test(line));
  const links = listed.map((line) => [...line.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor));
  expect(links).toEqual(entries);
});
