import type { EnvironmentPatch } from '../execute/effect.ts';
import { hookStep } from '../execute/hook-step.ts';
import type { Plan } from '../execute/plan.ts';
import type { Failure } from '../failures/failure.ts';
import { hookFailure } from '../inspect/user-hooks.ts';
import type { RunFacts } from './facts.ts';

/** Why the project's own pre-run cannot be started. */
export function preRunFailures({ preRun, shell, python }: RunFacts): readonly Failure[] {
  return preRun === undefined ? [] : [hookFailure(preRun, { shell, python }) ?? []].flat();
}

/** It runs first: what the migration needs may be its work. */
export function withPreRun(plan: Plan, { preRun, place }: RunFacts, environment: EnvironmentPatch): Plan {
  if (preRun === undefined) return plan;
  return { ...plan, steps: [hookStep(preRun, { directory: place.directory, environment }), ...plan.steps] };
}
