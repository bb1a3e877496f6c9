import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createReader } from '../src/hosts/node/reader.ts';
import { planProject } from '../src/plan/project-plan.ts';
import { type FoundCase, readCorpus } from './support/corpus-case.ts';
import { materialise, removeMaterialised, transcribe } from './support/corpus-run.ts';

const updating = process.env.S2I_UPDATE_GOLDENS === '1';

/** Compares with the golden, or writes it in an update run. A missing golden is a failure otherwise. */
function expectGolden({ folder, name }: FoundCase, file: string, text: string): void {
  const path = join(folder, file);
  if (updating) writeFileSync(path, text);
  const golden = existsSync(path) ? readFileSync(path, 'utf8') : `(${name}/${file} is missing: run with S2I_UPDATE_GOLDENS=1)`;
  expect(text).toBe(golden);
}

describe.each(readCorpus().map((found) => [found.name, found] as const))('%s', (_name, found) => {
  let project = '';
  beforeAll(() => {
    project = materialise(found);
  });
  afterAll(() => removeMaterialised(project));

  test('plan', () => {
    const plan = planProject(createReader({ environment: new Map(), directory: project }), project, found.spec.environment);
    const text = `${JSON.stringify(plan, undefined, 2)}\n`;
    expect(text).not.toContain(project);
    expectGolden(found, 'plan.json', text);
  });

  test.each(found.spec.hooks)('%s', (hook) => {
    const text = transcribe(found.spec, hook, project);
    expect(text).not.toMatch(/\n\s+at .+:\d+/);
    expectGolden(found, `${hook}.txt`, text);
  });
});
