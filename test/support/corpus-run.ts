import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Reader } from '../../src/execute/reader.ts';
import type { Failure } from '../../src/failures/failure.ts';
import { createReader } from '../../src/hosts/node/reader.ts';
import type { CaseFile, CorpusCase, FoundCase, HookName } from './corpus-case.ts';
import { failuresOn, sourcesQuestionOn, transcribeOn } from './corpus-transcript.ts';

/** Puts a case's project together in a temporary folder; the caller removes it. */
export function materialise({ folder, spec }: FoundCase): string {
  const target = mkdtempSync(join(tmpdir(), 's2i-corpus-'));
  if (existsSync(join(folder, 'project'))) cpSync(join(folder, 'project'), target, { recursive: true, verbatimSymlinks: true });
  for (const [name, file] of Object.entries(spec.files)) {
    mkdirSync(dirname(join(target, name)), { recursive: true });
    writeFileSync(join(target, name), contentOf(file));
  }
  return target;
}

function contentOf(file: CaseFile): Buffer | string {
  return 'base64' in file ? Buffer.from(file.base64, 'base64') : file.repeat.repeat(file.times);
}

/** Runs a hook over a case with scripted answers and writes down what can be seen of it. */
export function transcribe(spec: CorpusCase, hook: HookName, project: string): string {
  return transcribeOn(disk(), spec, hook, project);
}

/** The failures that a hook stops with over a case; none when it ends well, or hands over. */
export function failuresOf(spec: CorpusCase, hook: HookName, project: string): readonly Failure[] {
  return failuresOn(disk(), spec, hook, project);
}

/** The question to Python's parser that a hook asks over a case, if it asks one. */
export function sourcesQuestion(spec: CorpusCase, hook: HookName, project: string): readonly string[] | undefined {
  return sourcesQuestionOn(disk(), spec, hook, project);
}

function disk(): Reader {
  return createReader({ environment: new Map(), directory: '/' });
}

export function removeMaterialised(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
