import type { Effect, Outcome } from '../../src/execute/effect.ts';
import type { Program } from '../../src/execute/perform.ts';

/** What a process of its own performs for a test, set up as a hook is. Every host has such a program. */
export interface PerformRequest {
  readonly effects: readonly Effect[];
  readonly hook?: string;
  readonly format?: 'text' | 'json';
  readonly progress?: 'stdout' | 'stderr';
  readonly secrets?: readonly string[];
  readonly umask?: number;
}

/** Performs one effect after the other and gives all outcomes. */
export function* performing(effects: readonly Effect[]): Program<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const effect of effects) outcomes.push(yield effect);
  return outcomes;
}
