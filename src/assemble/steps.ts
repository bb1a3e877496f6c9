import type { Command, Run } from '../execute/effect.ts';
import type { AssembleFacts } from './facts.ts';

/** A program run in the application's folder with the environment of the virtual environment. */
export function inHome(facts: AssembleFacts, argv: Command['argv']): Run {
  return runIn(facts, facts.places.home, argv);
}

export function runIn(facts: AssembleFacts, directory: string, argv: Command['argv']): Run {
  return { kind: 'run', command: { argv, directory, environment: facts.environment, output: 'pass' } };
}
