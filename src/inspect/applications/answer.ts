import type { Command, EnvironmentPatch, RunOutcome } from '../../execute/effect.ts';
import { renderEnd } from '../../failures/cause.ts';
import { FIND_APPLICATIONS } from './probe.ts';

/** What Python's own `ast` says about a file of the project. */
export type SourceAnswer =
  | { readonly problem: string }
  | {
      /** It looks at `__name__`, as a program that starts itself does. */
      readonly main: boolean;
      readonly names: readonly Definition[];
      /** What is called when the module is imported: as a statement, for a value, or in a file of the project that it imports. */
      readonly calls: readonly (readonly ['statement' | 'value' | 'elsewhere', string])[];
      /** Other files of the project that were read for it. */
      readonly follows: readonly string[];
      /** It makes pages with one of these; `starts`: it also starts what serves them. */
      readonly page?: { readonly of: PageServer; readonly starts: boolean };
    };

/** Servers that are part of the library which scripts make pages with. */
export type PageServer = 'streamlit' | 'gradio';

/** A name of a module, and what it is bound to as far as the source tells. */
export interface Definition {
  readonly name: string;
  readonly line: number;
  /** Dotted names of what makes it, imports put in; the surest first. For a function: of what it returns. */
  readonly of: readonly string[];
  readonly is: 'value' | 'function' | 'coroutine' | 'class' | 'import';
  /** Parameters of a function, and how many of them a caller has to give. */
  readonly takes: number;
  readonly needs: number;
}

/** Answers by file, or why there is none. */
export type SourcesAnswer =
  | { readonly is: 'read'; readonly files: Readonly<Record<string, SourceAnswer>> }
  | { readonly is: 'no-answer'; readonly reason: string };

/** Seconds; the files are only parsed. */
const PATIENCE = 30;

/** The question to the environment's interpreter. `files` are relative to `directory`; `roots` hold the project's modules. */
export function askAboutSources(
  python: string,
  directory: string,
  roots: readonly string[],
  files: readonly string[],
  environment: EnvironmentPatch,
): Command {
  return {
    argv: [python, '-I', '-S', '-c', FIND_APPLICATIONS, roots.join(':'), ...files],
    directory,
    environment,
    output: 'keep',
    timeLimit: PATIENCE,
  };
}

/** Reads what the interpreter answered. */
export function parseSources(outcome: RunOutcome): SourcesAnswer {
  if (outcome.end.how !== 'exit' || outcome.end.code !== 0) {
    const words = outcome.lastLines.findLast((line) => line.trim() !== '');
    return { is: 'no-answer', reason: `${renderEnd(outcome.end)}${words === undefined ? '' : ` (${words.trim()})`}` };
  }
  try {
    // Our own program wrote it.
    return { is: 'read', files: JSON.parse(outcome.stdout) as Readonly<Record<string, SourceAnswer>> };
  } catch {
    return { is: 'no-answer', reason: 'the interpreter printed no answer' };
  }
}
