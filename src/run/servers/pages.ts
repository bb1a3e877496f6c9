import type { PageServer } from '../../inspect/applications/answer.ts';
import { fromFile, type Source } from '../../inspect/fact.ts';
import type { RunFacts } from '../facts.ts';
import type { Draft, Verdict } from '../verdict.ts';
import { listeningOn } from './port.ts';

/** A script that makes pages, and how its library serves them. */
export interface PageScript {
  /** Relative to APP_HOME. */
  readonly file: string;
  /** What Gradio is to launch; undefined when the script does that, or Streamlit runs it. */
  readonly variable?: string;
  readonly why: string;
}

/** A library that serves what scripts make with it: its name for people, and one pure function that makes the launch. */
export interface PageServing {
  readonly title: string;
  readonly serve: (facts: RunFacts, script: PageScript) => Verdict;
}

/** What the launches of both share: everything but the command and who handles signals. */
export function servingPages(facts: RunFacts, { file, why }: PageScript, server: PageServer): Omit<Draft, 'argv' | 'init'> {
  const because: readonly Source[] = [fromFile(file), { from: 'installed', distribution: server }];
  return {
    server,
    application: file,
    environment: listeningOn(facts),
    lines: [
      { level: 'step', text: `Serving application with ${server} (${file}) ...` },
      { level: 'info', text: `Workers: 1 (${server} has one process; WEB_CONCURRENCY does not change that)` },
    ],
    why,
    because,
    migrates: 'no',
    uses: ['PORT'],
  };
}
