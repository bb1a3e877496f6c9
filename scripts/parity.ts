import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAnchors, parseBehaviours, parseItems } from './parity/behaviours.ts';
import { readCases } from './parity/cases.ts';
import { renderPage } from './parity/page.ts';
import { findProblems, type Parity } from './parity/problems.ts';

const PAGE = 'docs/parity.md';

/** Reads what the table is made of from a copy of the repository at `root`. */
export function readParity(root: string): Parity {
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  return {
    items: parseItems(read('docs/upstream/hooks.md')),
    behaviours: parseBehaviours(read('docs/upstream/behaviours.json')),
    anchors: parseAnchors(read('docs/differences.md')),
    cases: readCases(root),
  };
}

/** Writes `docs/parity.md`. */
export function writeParity(root: string): void {
  writeFileSync(join(root, PAGE), renderPage(readParity(root)));
}

/** What `--check` complains about, one line each. */
export function checkParity(root: string): readonly string[] {
  const parity = readParity(root);
  const page = join(root, PAGE);
  const current = existsSync(page) && readFileSync(page, 'utf8') === renderPage(parity);
  return [...findProblems(parity), ...(current ? [] : [`${PAGE} is not up to date: run node scripts/parity.ts`])];
}

function main(args: readonly string[]): number {
  const root = join(import.meta.dirname, '..');
  if (!args.includes('--check')) {
    writeParity(root);
    return 0;
  }
  const problems = checkParity(root);
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  return problems.length === 0 ? 0 : 1;
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
