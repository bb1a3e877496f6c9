import { countWorkers, type Workers } from '../../inspect/limits/workers.ts';
import type { RunFacts } from '../facts.ts';

/** The number of workers: WEB_CONCURRENCY when it is set, else by the limits (B60, B81). */
export function workersOf({ settings, serving }: RunFacts, handling: 'sync' | 'async'): Workers {
  const given = settings.integer('WEB_CONCURRENCY');
  if (given !== undefined) return { count: given.value, why: 'WEB_CONCURRENCY' };
  return countWorkers(serving?.limits ?? { cores: undefined, memory: undefined }, handling);
}
