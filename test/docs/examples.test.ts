import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Blocks that a comment says to be a file of an application that the tests run. */
const EXAMPLES = readdirSync(join(root, 'docs'))
  .filter((name) => name.endsWith('.md'))
  .flatMap((page) => {
    const text = readFileSync(join(root, 'docs', page), 'utf8');
    return [...text.matchAll(/<!-- ((?:test|examples|images)\/\S+) -->\n```\w*\n([\s\S]*?)```/g)].map(
      ([, file = '', block = '']) => ({
        page,
        file,
        block,
      }),
    );
  });

test.each(EXAMPLES)('$page shows $file as it is', ({ file, block }) => {
  expect(block).toBe(readFileSync(join(root, file), 'utf8'));
});
