import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type FoundCase, readCorpus } from './support/corpus-case.ts';
import { materialise, removeMaterialised, sourcesQuestion } from './support/corpus-run.ts';
import { HOME } from './support/corpus-transcript.ts';

const updating = process.env.S2I_UPDATE_ANSWERS === '1';
const recorded = readCorpus().filter(({ spec }) => Object.keys(spec.sources).length > 0);

describe('what cases say about Python files is what Python says', () => {
  test.each(recorded.map((found) => [found.name, found] as const))('%s', (_name, found) => {
    const project = materialise(found);
    onTestFinished(() => removeMaterialised(project));
    const asked = found.spec.hooks.map((hook) => sourcesQuestion(found.spec, hook, project)).find((one) => one !== undefined);
    if (asked === undefined) throw new Error(`${found.name}: nothing asks about sources`);
    const answer = askPython(asked, project);
    if (updating) record(found, answer);
    else expect(found.spec.sources).toEqual(answer);
  });
});

/** Asks this machine's Python about the project where it lies. */
function askPython([, ...words]: readonly string[], project: string): unknown {
  const own = words.map((word) => (word.startsWith(HOME) ? word.replaceAll(HOME, project) : word));
  const answer = execFileSync('python3', own, { cwd: project, encoding: 'utf8', env: { PATH: process.env.PATH ?? '' } });
  return JSON.parse(answer.replaceAll(project, HOME));
}

function record({ folder }: FoundCase, answer: unknown): void {
  const path = join(folder, 'case.json');
  const given = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  writeFileSync(path, `${JSON.stringify({ ...given, sources: answer }, undefined, 2)}\n`);
}
