import type { EnvironmentPatch } from '../../../execute/effect.ts';
import type { RunFacts } from '../../facts.ts';
import { portOf } from '../port.ts';

/** Variables that Gradio takes its options from; arguments of `launch()` come before them (V13). */
export const GRADIO_VARIABLES: readonly string[] = [
  'GRADIO_SERVER_NAME',
  'GRADIO_SERVER_PORT',
  'GRADIO_ANALYTICS_ENABLED',
  'GRADIO_EXAMPLES_CACHE',
];

/** Its address, no usage statistics, and a cache that a read-only root allows; what the user sets stays. */
export function gradioEnvironment({ settings, given }: RunFacts): EnvironmentPatch {
  const values = ['0.0.0.0', String(portOf(settings)), 'False', '/tmp/gradio/examples'];
  const set = GRADIO_VARIABLES.flatMap((name, at) => (given.includes(name) ? [] : [[name, values[at] ?? '']]));
  return { set: Object.fromEntries(set), unset: [] };
}
