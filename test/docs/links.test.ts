import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const PAGES = globSync(['*.md', 'docs/**/*.md'], { cwd: ROOT }).sort();
const LINK = /\]\(([^)\s]+)\)/g;

test.each(PAGES)('the links in %s lead somewhere', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const targets = new Set([...text.matchAll(LINK)].map(([, target = '']) => target));
  expect([...targets].filter((target) => !target.includes('://') && !leadsSomewhere(page, target))).toEqual([]);
});

function leadsSomewhere(page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? join(ROOT, page) : join(ROOT, dirname(page), path);
  if (!existsSync(file)) return false;
  return anchor === undefined || anchorsIn(readFileSync(file, 'utf8')).has(anchor);
}

/** Anchors that stand in a page, written out or made from its headings. */
function anchorsIn(markdown: string): ReadonlySet<string> {
  const written = [...markdown.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id);
  const headings = [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => slugOf(heading));
  return new Set([...written, ...headings]);
}

function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}
