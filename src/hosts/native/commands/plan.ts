import * as posix from 'posix';
import { type PlanForm, printPlan } from '../../../plan/print.ts';
import { readRawEnvironment } from '../environment.ts';
import { createReader } from '../reader.ts';
import { type Command, complain, print, textOf } from './command.ts';

const help = `plan [--all | --json] [-e NAME=VALUE]... [DIR]
Says what assemble would do with a project and what run would start, and why; changes nothing.
`;

export const plan: Command = {
  name: 'plan',
  does: 'say what assemble would do with a project and what run would start, and why',
  run: (words) => {
    const asked = parse(words.map(textOf));
    if (typeof asked === 'string') {
      complain(`ERROR: ${asked}\n${help}`);
      return 2;
    }
    if (asked.help) {
      print(help);
      return 0;
    }
    const { status, result, complaint } = printPlan(
      createReader(readRawEnvironment()),
      asked.folder ?? '.',
      asked.form,
      asked.environment,
    );
    complain(complaint);
    return posix.write(1, posix.toBytes(result)) < 0 ? 1 : status;
  },
};

interface Asked {
  help: boolean;
  form: PlanForm;
  folder?: string;
  readonly environment: Record<string, string>;
}

/** The words taken apart; a text says what is wrong with them. */
function parse(words: readonly string[]): Asked | string {
  const asked: Asked = { help: false, form: 'short', environment: {} };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const variable = /^(?:-e|--env=)(.+)$/s.exec(word)?.[1];
    if (word === '-h' || word === '--help') asked.help = true;
    else if (word === '--json' || (word === '--all' && asked.form !== 'json')) asked.form = word.slice(2) as PlanForm;
    else if (word === '-e' || word === '--env' || variable !== undefined) {
      if (variable === undefined) at += 1;
      const problem = addVariable(asked.environment, variable ?? words[at] ?? '');
      if (problem !== undefined) return problem;
    } else if (word.startsWith('-') && word !== '-') return `there is no option ${word}.`;
    else if (asked.folder !== undefined) return `one folder is enough: ${asked.folder}, not ${word} too.`;
    else asked.folder = word;
  }
  return asked;
}

function addVariable(environment: Record<string, string>, text: string): string | undefined {
  const equals = text.indexOf('=');
  if (equals < 1) return `--env ${text}: expected NAME=VALUE, e.g. --env APP_MODULE=wsgi:application`;
  environment[text.slice(0, equals)] = text.slice(equals + 1);
  return undefined;
}
