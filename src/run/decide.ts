import { ask, type Program, Stopped } from '../execute/perform.ts';
import type { Reader } from '../execute/reader.ts';
import { parseSources } from '../inspect/applications/answer.ts';
import type { RunFacts } from './facts.ts';
import { planRun, type RunDecision } from './plan.ts';
import { type ReadOptions, readRunFacts } from './read/facts.ts';
import { parseSetupAnswer } from './read/setup.ts';

export interface Decided {
  readonly decision: Exclude<RunDecision, { kind: 'question' }>;
  /** What it was made from, answers included. */
  readonly facts: RunFacts;
  readonly answers: Answers;
}

type Answers = Pick<ReadOptions, 'setupAnswer' | 'sourcesAnswer'>;

/** Decides; what has to be asked for it is asked, each thing once. */
export function* decideRun(reader: Reader, options: ReadOptions): Program<Decided> {
  let answers: Answers = {};
  for (;;) {
    const facts = readRunFacts(reader, { ...options, ...answers });
    const decision = planRun(facts);
    if (decision.kind !== 'question') return { decision, facts, answers };
    const key = decision.about === 'setup' ? 'setupAnswer' : 'sourcesAnswer';
    if (answers[key] !== undefined) throw new Stopped([{ kind: 'bug', detail: `${decision.about} was asked twice` }]);
    const outcome = yield* ask(decision.command);
    answers =
      decision.about === 'setup'
        ? { ...answers, setupAnswer: parseSetupAnswer(outcome) }
        : { ...answers, sourcesAnswer: parseSources(outcome) };
  }
}
