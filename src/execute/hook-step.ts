import { fromFile } from '../inspect/fact.ts';
import { join } from '../inspect/paths.ts';
import type { UserHook } from '../inspect/user-hooks.ts';
import type { Command } from './effect.ts';
import type { Step } from './plan.ts';

/** Runs a hook of the project in the root of its source. Its role lets the executor say how long it took. */
export function hookStep({ name, file }: UserHook, command: Pick<Command, 'directory' | 'environment'>): Step {
  return {
    id: name,
    title: `Running ${file} ...`,
    why: 'the source brings it',
    because: [fromFile(file)],
    effect: { kind: 'run', command: { argv: [join(command.directory, file)], ...command, output: 'pass' } },
    onFailure: { do: 'fail', role: name },
  };
}
