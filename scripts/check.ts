/** `npm run check`: everything that can be found out without running the product. Prints what is wrong, exits 1. */

import { join } from 'node:path';
import { execa, execaNode } from 'execa';
import { checkPlanSchema } from './check/plan-schema.ts';
import { checkReadme } from './check/readme.ts';
import { checkSources } from './check/sources.ts';
import { checkRendered } from './images/render.ts';

const root = join(import.meta.dirname, '..');

interface Check {
  readonly name: string;
  readonly run: () => Promise<readonly string[]>;
}

async function command(file: string, ...args: readonly string[]): Promise<readonly string[]> {
  const { failed, all } = await execa(file, args, { cwd: root, all: true, reject: false, preferLocal: true });
  return failed ? [all] : [];
}

async function script(path: string, ...args: readonly string[]): Promise<readonly string[]> {
  const { failed, all } = await execaNode(join(root, path), args, { cwd: root, all: true, reject: false });
  return failed ? [all] : [];
}

const CHECKS: readonly Check[] = [
  { name: 'types', run: () => command('tsc', '-p', 'tsconfig.json') },
  { name: 'types of the core: the language and nothing else', run: () => command('tsc', '-p', 'tsconfig.core.json') },
  { name: 'format, lint and layers', run: () => command('biome', 'check', '--error-on-warnings', '.') },
  { name: 'sources', run: async () => checkSources(root) },
  { name: 'README: settings', run: async () => checkReadme(root) },
  { name: 'schema of the plan', run: async () => checkPlanSchema(root) },
  { name: 'rendered images and pages', run: async () => checkRendered(root) },
  { name: 'behaviours of the incumbent', run: () => script('scripts/parity.ts', '--check') },
];

let wrong = 0;
for (const { name, run } of CHECKS) {
  const problems = await run();
  process.stdout.write(
    `${problems.length === 0 ? 'ok  ' : 'FAIL'} ${name}\n${problems.map((problem) => `${problem}\n`).join('')}`,
  );
  if (problems.length > 0) wrong++;
}
process.exitCode = wrong === 0 ? 0 : 1;
