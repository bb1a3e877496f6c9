import type { RunOutcome } from '../../execute/effect.ts';
import type { Reader } from '../../execute/reader.ts';
import { renderEnd } from '../../failures/cause.ts';
import { join, parentOf } from '../../inspect/paths.ts';
import { readSetupName } from '../../inspect/setup/name.ts';
import type { SetupAnswer, SetupFacts, SetupModule } from '../facts.ts';
import type { ModuleFinder } from './modules.ts';

/** The first setup.py in HOME or one level below it (B54), and the module its name leads to. */
export function readSetup(
  reader: Reader,
  finder: ModuleFinder,
  home: string,
  answer: SetupAnswer | undefined,
): SetupFacts | undefined {
  const path = findSetup(reader, home);
  if (path === undefined) return undefined;
  const read = readSetupName(reader, parentOf(path));
  const name: SetupAnswer = read.is === 'text' ? read : (answer ?? { is: 'not-asked' });
  return { path, name, module: moduleOf(finder, name) };
}

/** What setup.py answered to `--name`: the last line of its output that is not empty (B54 bettered). */
export function parseSetupAnswer(outcome: RunOutcome): SetupAnswer {
  const question = 'python setup.py --name';
  if (outcome.end.how !== 'exit' || outcome.end.code !== 0) {
    const words = outcome.lastLines.findLast((line) => line.trim() !== '');
    return {
      is: 'no-answer',
      reason: `${question}: ${renderEnd(outcome.end)}${words === undefined ? '' : ` (${words.trim()})`}`,
    };
  }
  const value = outcome.stdout.trimEnd().split('\n').at(-1)?.trim() ?? '';
  if (value === '') return { is: 'no-answer', reason: `${question} printed nothing` };
  return { is: 'text', name: { value, source: { from: 'probe', question } } };
}

function moduleOf(finder: ModuleFinder, answer: SetupAnswer): SetupModule | undefined {
  if (answer.is !== 'text') return undefined;
  // A distribution's name may have dashes, a module's cannot.
  const name = answer.name.value.replaceAll('-', '_');
  const place = finder.locate(name);
  return { name, place, mayHaveApplication: finder.mayBind(place, 'application') };
}

function findSetup(reader: Reader, home: string): string | undefined {
  const isFile = (path: string) => {
    const entry = reader.stat(path);
    return entry?.type === 'file' && !entry.link;
  };
  if (isFile(join(home, 'setup.py'))) return join(home, 'setup.py');
  const folder = reader
    .list(home)
    ?.names.find((name) => isFile(join(home, name, 'setup.py')) && !reader.stat(join(home, name))?.link);
  return folder === undefined ? undefined : join(home, folder, 'setup.py');
}
