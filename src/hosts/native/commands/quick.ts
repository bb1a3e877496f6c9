import { cgroupLimits } from './cgroup-limits.ts';
import type { Command } from './command.ts';
import { healthcheck } from './healthcheck.ts';
import { hooks } from './hooks.ts';
import { containerEntrypoint, initWrapper } from './programs.ts';

/** What starts, probes or looks after a container: a part of the program that is read without the rest. */
export const quickCommands: readonly Command[] = [...hooks, initWrapper, containerEntrypoint, cgroupLimits, healthcheck];
