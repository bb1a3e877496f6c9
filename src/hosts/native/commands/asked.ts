import * as posix from 'posix';
import type { Command } from './command.ts';

/**
 * What this process is asked for, by the name it was called with or else by its first argument, and the arguments for it;
 * undefined when none of the commands is meant.
 */
export function askedCommand(commands: readonly Command[]): (() => number) | undefined {
  const [path = '', ...words] = posix.argv();
  const find = (name: string | undefined) => commands.find((command) => command.name === name);
  const called = find(path.slice(path.lastIndexOf('/') + 1));
  if (called !== undefined) return () => called.run(words);
  const asked = find(words[0]);
  return asked && (() => asked.run(words.slice(1)));
}
