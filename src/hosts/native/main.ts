import * as posix from 'posix';
import { askedCommand } from './commands/asked.ts';
import { commands } from './commands/table.ts';

/** The program under all of its names; without a command it lists them. */
function help(): number {
  const first = posix.argv()[1] ?? '';
  const list = commands.map(({ name, does }) => `  ${name.padEnd(22)}${does}\n`).join('');
  const asked = first === '-h' || first === '--help' || first === 'help';
  posix.write(asked ? 1 : 2, posix.toBytes(`${asked ? '' : unknown(first)}Commands:\n${list}`));
  return asked ? 0 : 2;
}

function unknown(name: string): string {
  return name === '' ? 'ERROR: which command?\n' : `ERROR: there is no command ${name}.\n`;
}

posix.exit((askedCommand(commands) ?? help)());
