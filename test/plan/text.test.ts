import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ProjectPlan } from '../../src/plan/project-plan.ts';
import { renderPlan } from '../../src/plan/text.ts';
import { readCorpus } from '../support/corpus-case.ts';

const plans = readCorpus().map(({ name, folder }) => [name, readPlan(folder)] as const);
const mixed = plans.filter(([name]) => name.startsWith('mixed/'));

/** Lines that fit onto a screen without scrolling. */
const LINES = 25;
/** Characters in a line, where no single word is longer. */
const WIDTH = 100;

function readPlan(folder: string): ProjectPlan {
  return JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')) as ProjectPlan;
}

function linesOf(text: string): readonly string[] {
  return text.trimEnd().split('\n');
}

/** Words of a text, however its lines are wrapped. */
function flowing(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

describe('plan on projects with mixed manifests', () => {
  test('knows 20 of them', () => expect(mixed.length).toBeGreaterThanOrEqual(20));

  test.each(mixed)('%s is explained on one screen', (_name, plan) => {
    const text = renderPlan(plan, 'short');
    expect(linesOf(text).length).toBeLessThanOrEqual(LINES);
    expect(text).toMatchSnapshot();
  });

  test('says everything where it is asked to', () => {
    const [, plan] = mixed.find(([name]) => name === 'mixed/django-everything') ?? [];
    expect(plan && renderPlan(plan, 'all')).toMatchSnapshot();
  });
});

describe('plan on every project of the corpus', () => {
  test.each(plans)('%s', (_name, plan) => {
    const text = renderPlan(plan, 'short');
    const lines = linesOf(text.split(/^ERROR: /m)[0] ?? '');
    expect(lines.length).toBeLessThanOrEqual(LINES);
    expect(lines.filter((line) => line.length > WIDTH && line.trim().includes(' '))).toEqual([]);
    expect(candidatesOf(plan).filter((candidate) => !flowing(text).includes(candidate))).toEqual([]);
    expect(flowing(text)).toContain(flowing(startOf(plan)));
  });
});

/** What was looked at: a tool that a variable switches on is told by the variable. */
function candidatesOf({ assemble, run }: ProjectPlan): readonly string[] {
  const all = [...('installer' in assemble ? assemble.installer.rejected : []), ...('rejected' in run ? run.rejected : [])];
  return all.map(({ candidate, reason }) => /^(ENABLE_\w+) is not set$/.exec(reason)?.[1] ?? candidate);
}

/** What the part about the start has to hold. */
function startOf({ run }: ProjectPlan): string {
  switch (run.of) {
    case 'launch':
      return run.launch.why;
    case 'question':
      return 'known after the install';
    case 'failure':
      return run.messages[0] ?? '';
    case 'nothing':
      return 'would fail';
  }
}
