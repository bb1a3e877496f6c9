import * as posix from 'posix';
import { createReader } from '../../../src/hosts/native/reader.ts';
import { planProject } from '../../../src/plan/project-plan.ts';
import type { CorpusCase } from '../../support/corpus-case.ts';
import { transcribeOn } from '../../support/corpus-transcript.ts';

/** A case of the corpus and the folder in which its project lies. */
export interface ConformRequest {
  readonly spec: CorpusCase;
  readonly project: string;
}

export interface ConformAnswer {
  readonly plan: string;
  /** What each hook of the case shows, in their order. */
  readonly hooks: readonly string[];
}

/** The plan and the transcripts of a case, as the tests on Node compare them with the goldens. */
export function conform({ spec, project }: ConformRequest): ConformAnswer {
  const disk = createReader(new Map());
  const plan = planProject(disk, project, spec.environment);
  return {
    plan: `${JSON.stringify(plan, undefined, 2)}\n`,
    hooks: spec.hooks.map((hook) => transcribeOn(disk, spec, hook, project)),
  };
}

/** Reads a request for each line of a file and writes an answer for each. */
export function conformAll(file: string): number {
  const content = posix.readFile(file, 1 << 28);
  const text = typeof content === 'string' ? posix.fromBytes(content) : null;
  for (const line of (text ?? '').split('\n').filter((one) => one !== '')) {
    const answer = conform(JSON.parse(line) as ConformRequest);
    if (posix.write(1, posix.toBytes(`${JSON.stringify(answer)}\n`)) < 0) return 1;
  }
  return text === null ? 1 : 0;
}
