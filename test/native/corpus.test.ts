import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCorpus } from '../support/corpus-case.ts';
import { materialise, removeMaterialised } from '../support/corpus-run.ts';
import type { ConformAnswer, ConformRequest } from './program/conform.ts';
import { describeNative, runNative } from './support/native.ts';

/** What Node is compared with stands in the goldens, so equal to them is equal to Node. */
describeNative('the corpus on the native host', () => {
  const cases = readCorpus();
  const answers = new Map<string, ConformAnswer>();
  const projects: string[] = [];
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 's2i-conform-'));
    const requests = cases.map((found): ConformRequest => {
      const project = materialise(found);
      projects.push(project);
      return { spec: found.spec, project };
    });
    const file = join(folder, 'requests');
    writeFileSync(file, requests.map((request) => `${JSON.stringify(request)}\n`).join(''));
    const { status, stdout, stderr } = runNative('tests', ['conform', file]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const [at, line] of stdout.trimEnd().split('\n').entries()) {
      answers.set(cases[at]?.name ?? '', JSON.parse(line) as ConformAnswer);
    }
  });
  afterAll(() => {
    for (const path of [...projects, folder]) removeMaterialised(path);
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(cases.map((found) => [found.name, found] as const))('%s', (name, { folder: golden, spec }) => {
    const answer = answers.get(name);
    expect(answer?.plan).toBe(readFileSync(join(golden, 'plan.json'), 'utf8'));
    for (const [at, hook] of spec.hooks.entries()) {
      expect(answer?.hooks[at]).toBe(readFileSync(join(golden, `${hook}.txt`), 'utf8'));
    }
  });
});
