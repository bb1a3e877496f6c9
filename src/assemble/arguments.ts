import { sayNotices } from '../execute/execute.ts';
import type { Finished, Program } from '../execute/perform.ts';
import type { Reader } from '../execute/reader.ts';
import { usage } from '../execute/usage.ts';
import type { Secrets } from '../inspect/secrets.ts';
import { assembleDependencies } from './dependency-layer/hook.ts';
import { assemble } from './hook.ts';

export type AssembleProgram = (reader: Reader, secrets: Secrets) => Program<Finished>;

const ONLY_DEPENDENCIES = '--only-dependencies';

/** What `assemble` does with its arguments. S2I gives none; upstream's ignores those it does not know, and so does this one. */
export function assembleProgram(words: readonly string[]): AssembleProgram {
  if (words.some((word) => word === '-h' || word === '--help')) return usage;
  const unknown = words.find((word) => word !== ONLY_DEPENDENCIES);
  const program = words.includes(ONLY_DEPENDENCIES) ? assembleDependencies : assemble;
  return unknown === undefined ? program : (reader, secrets) => afterWarning(unknown, program(reader, secrets));
}

function* afterWarning(unknown: string, program: Program<Finished>): Program<Finished> {
  const text = `assemble does not know ${JSON.stringify(unknown)} and ignores it. It knows ${ONLY_DEPENDENCIES} and --help.`;
  yield* sayNotices([{ kind: 'text', level: 'warning', text }]);
  return yield* program;
}
