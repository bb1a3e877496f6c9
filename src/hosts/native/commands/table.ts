import { cgroupLimits } from './cgroup-limits.ts';
import type { Command } from './command.ts';
import { healthcheck } from './healthcheck.ts';
import { hooks } from './hooks.ts';
import { plan } from './plan.ts';
import { containerEntrypoint, initWrapper } from './programs.ts';

/** Everything the program does. */
export const commands: readonly Command[] = [...hooks, plan, initWrapper, containerEntrypoint, cgroupLimits, healthcheck];

/** The command of a name; undefined when there is none. */
export function commandNamed(name: string): Command | undefined {
  return commands.find((command) => command.name === name);
}
