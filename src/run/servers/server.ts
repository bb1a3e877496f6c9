import type { Interface } from '../../inspect/applications/judge.ts';
import type { Application } from '../application.ts';
import type { AppServer, RunFacts } from '../facts.ts';
import type { Verdict } from '../verdict.ts';

/** A server that is given an application object: constants, and one pure function that makes the launch. */
export interface Server {
  readonly name: AppServer;
  /** What to write into requirements.txt. */
  readonly requirement: string;
  /** The distribution that brings it. */
  readonly distribution: string;
  /** Its program on PATH. */
  readonly program: string;
  /** The protocols it speaks by itself. */
  readonly protocols: readonly Interface[];
  readonly serve: (facts: RunFacts, application: Application) => Verdict;
}
