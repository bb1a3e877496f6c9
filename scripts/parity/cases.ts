import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Something that shows an item: a test whose name carries the tag, or an application or corpus case that lists it. */
export interface Case {
  /** As the tag has it: `19`; anything that is no number is kept for the error. */
  readonly item: string;
  /** Relative to the root of the repository. */
  readonly file: string;
  /** The test's name without tags; empty for corpus cases. */
  readonly name: string;
}

const LITERAL = /(['"`])((?:\\.|(?!\1).)*)\1/g;
const TAG = /\[B(\w+)\]/g;

/** Every case below `root`, ordered by file and, within one, by place. */
export function readCases(root: string): readonly Case[] {
  const tests = globSync('test/**/*.test.ts', { cwd: root }).sort();
  const corpus = globSync(['test/apps/*/case.json', 'test/corpus/*/*/case.json'], { cwd: root }).sort();
  return [
    ...tests.flatMap((file) => parseTest(file, readFileSync(join(root, file), 'utf8'))),
    ...corpus.flatMap((file) => parseCorpusCase(file, readFileSync(join(root, file), 'utf8'))),
  ];
}

/** The tagged strings of a test file. Names stand on one line each, so the file is scanned line by line. */
export function parseTest(file: string, text: string): readonly Case[] {
  return text.split('\n').flatMap((line) =>
    [...line.matchAll(LITERAL)].flatMap(([, , literal = '']) => {
      const name = nameOf(literal);
      return [...literal.matchAll(TAG)].map(([, item = '']) => ({ item, file, name }));
    }),
  );
}

function nameOf(literal: string): string {
  return literal
    .replaceAll(TAG, '')
    .replaceAll(/\$\{[^}]*\}/g, '…')
    .replaceAll(/\\(.)/g, '$1')
    .trim();
}

/** The `items` of a corpus case; throws when they are something else than a list of numbers. */
export function parseCorpusCase(file: string, text: string): readonly Case[] {
  const content: unknown = JSON.parse(text);
  if (typeof content !== 'object' || content === null || !('items' in content)) return [];
  const { items } = content;
  if (!Array.isArray(items)) throw new Error(`${file}: items has to be a list of numbers`);
  return items.map((item: unknown) => ({ item: String(item), file, name: '' }));
}
