import type { End } from '../../execute/effect.ts';
import { showBriefly } from '../../execute/execute.ts';
import { renderEnd } from '../../failures/cause.ts';
import type { Failure } from '../../failures/failure.ts';
import { withoutColour } from '../../failures/message.ts';
import { renderFailure } from '../../failures/words.ts';
import type { Launch, Rejected } from '../../run/launch.ts';
import { byReason } from '../../run/rejected.ts';
import type { Imported } from './import.ts';
import type { Severity } from './severity.ts';

type Unclear = Extract<Imported, { is: 'unclear' }>;

/** The number of workers is counted where the container runs. */
const COUNTED = /^--(?:workers|processes)$/;
const COUNTED_HERE = /^(--threads=)[0-9]+$/;

/** The command as it will be, but for what only the container knows; of a program in it the first line. */
export function describeLaunch({ argv, why }: Pick<Launch, 'argv' | 'why'>, rejected: readonly Rejected[]): string {
  const words = argv.map((word, at) => (COUNTED.test(argv[at - 1] ?? '') ? 'N' : word.replace(COUNTED_HERE, '$1N')));
  const lines = [showBriefly(words), `  because ${why}`];
  const passed = byReason(rejected).join('; ');
  return [...lines, ...(passed === '' ? [] : [`  not taken: ${passed}`])].join('\n');
}

/** A failure that does not end the build, and how to have it otherwise. */
export function describeWarning(failure: Failure, { why }: Severity): string {
  return `${renderFailure(failure)}\nThis is no error because ${why}. S2I_START_CHECK=error makes it one, S2I_START_CHECK=off looks at nothing.`;
}

/** An import that neither found the application nor showed that it is not there. */
export function describeUnclear(application: string, { end, words }: Pick<Unclear, 'end' | 'words'>): string {
  const quoted = words.map((line) => `| ${withoutColour(line)}`);
  const cause = causeOf(end, words);
  return [`Whether ${application} is there could not be seen: ${renderEnd(end)}.${cause}`, ...quoted].join('\n');
}

function causeOf(end: End, words: readonly string[]): string {
  const missing = words.map((line) => /^ModuleNotFoundError: No module named '([^']+)'/.exec(line)?.[1]).findLast(Boolean);
  if (missing !== undefined)
    return ` There is no module ${missing}: the project has none, and no package that requirements.txt installed brings it.`;
  if (end.how === 'exit' && end.code === 0) return ' Its import ended the process.';
  return CAUSES[end.how] ?? '';
}

const CAUSES: Readonly<Partial<Record<End['how'], string>>> = {
  exit: ' It may need something that exists only at run time.',
  'timed-out': ' It may wait for something that a build does not have.',
};
