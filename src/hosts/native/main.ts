import * as posix from 'posix';
import { commandNamed, commands } from './commands/table.ts';

/** The program under all of its names: what it is called, or else its first argument, says what it does. */
function main(): number {
  const [path = '', first = '', ...rest] = posix.argv();
  const named = commandNamed(path.slice(path.lastIndexOf('/') + 1));
  if (named !== undefined) return named.run([first, ...rest].slice(0, posix.argv().length - 1));
  const asked = commandNamed(first);
  if (asked !== undefined) return asked.run(rest);
  const list = commands.map(({ name, does }) => `  ${name.padEnd(22)}${does}\n`).join('');
  const help = first === '-h' || first === '--help' || first === 'help';
  posix.write(help ? 1 : 2, posix.toBytes(`${help ? '' : unknown(first)}Commands:\n${list}`));
  return help ? 0 : 2;
}

function unknown(name: string): string {
  return name === '' ? 'ERROR: which command?\n' : `ERROR: there is no command ${name}.\n`;
}

posix.exit(main());
