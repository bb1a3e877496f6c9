import type { Failure } from '../failures/failure.ts';
import type { SettingName } from '../inspect/settings/table.ts';
import type { RunFacts } from './facts.ts';
import type { Launch, Rejected } from './launch.ts';

/** What a way to start says to the facts. */
export type Verdict =
  | { readonly says: 'take'; readonly draft: Draft; readonly rejected: readonly Rejected[] }
  | { readonly says: 'pass'; readonly rejected: readonly Rejected[] }
  | { readonly says: 'fail'; readonly failures: readonly Failure[]; readonly rejected: readonly Rejected[] }
  /** Something has to be asked first. */
  | { readonly says: 'ask'; readonly question: Question; readonly rejected: readonly Rejected[] };

/** setup.py is asked for its name, or Python for what the project's files define. */
export type Question = { readonly about: 'setup'; readonly setup: string } | { readonly about: 'sources' };

/** A way to start: looks at the facts and takes them or not. */
export type Candidate = (facts: RunFacts) => Verdict;

/** A launch before what all launches share is added: environment, init, user. */
export interface Draft extends Omit<Launch, 'directory'> {
  /** Database migrations come first (B51). */
  readonly migrates: 'yes' | 'no';
  /** Given an init when it is process 1 (B64); servers handle signals themselves. */
  readonly init: 'wanted' | 'own';
  /** Settings whose values it uses: a wrong value is a failure. */
  readonly uses: readonly SettingName[];
  /** Default: APP_HOME. */
  readonly directory?: string;
}

export function pass(...rejected: readonly Rejected[]): Verdict {
  return { says: 'pass', rejected };
}

export function fail(...failures: readonly Failure[]): Verdict {
  return { says: 'fail', failures, rejected: [] };
}

export function take(draft: Draft, rejected: readonly Rejected[] = []): Verdict {
  return { says: 'take', draft, rejected };
}
