import type { RunFacts } from '../../facts.ts';
import type { Line } from '../../launch.ts';

/** Its own 30 seconds stay, as upstream has them, unless the user wants others and has not told gunicorn itself. */
export function graceful({ settings, ownGrace }: RunFacts): {
  readonly options: readonly string[];
  readonly lines: readonly Line[];
} {
  const wanted = settings.integer('S2I_GRACE_PERIOD')?.value;
  if (wanted === undefined) return { options: [], lines: [] };
  if (ownGrace === undefined) return { options: [`--graceful-timeout=${wanted}`], lines: [] };
  const text = `S2I_GRACE_PERIOD is not used: ${ownGrace} ${ownGrace.startsWith('python:') ? 'may say' : 'says'} what graceful_timeout is.`;
  return { options: [], lines: [{ level: 'info', text }] };
}
