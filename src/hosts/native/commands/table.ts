import { buildHooks } from './build-hooks.ts';
import type { Command } from './command.ts';
import { plan } from './plan.ts';
import { quickCommands } from './quick.ts';

/** Everything the program does. */
export const commands: readonly Command[] = [...buildHooks, plan, ...quickCommands];
