import { ask, type Program } from '../execute/perform.ts';
import type { Reader } from '../execute/reader.ts';
import type { Notice } from '../failures/notice.ts';
import { readInstalled } from '../inspect/installed.ts';
import { askAboutLibraries, hasCompiledCode, type NeededLibrary, parseLibraries } from '../inspect/libraries/answer.ts';
import { join } from '../inspect/paths.ts';
import type { AssembleFacts } from './facts.ts';

/**
 * Asks which shared libraries the installed packages need beyond those that every flavour of the image has. Environments
 * without compiled code, most of them, are not asked about.
 */
export function* askLibraries(reader: Reader, facts: AssembleFacts): Program<readonly NeededLibrary[]> {
  const { appRoot } = facts.places;
  const installed = readInstalled(reader, appRoot);
  if (!hasCompiledCode(reader, installed)) return [];
  return parseLibraries(yield* ask(askAboutLibraries(join(appRoot, 'bin/python'), installed, facts.environment)));
}

/** What has to be known by whoever copies the tree into another image. */
export function libraryNotices(libraries: readonly NeededLibrary[]): readonly Notice[] {
  const here = libraries.filter(({ path }) => path !== null);
  const nowhere = libraries.filter(({ path }) => path === null);
  const packages = [...new Set(here.flatMap((one) => one.package ?? []))].sort();
  const notices: Notice[] = nowhere.map((one) => ({
    kind: 'text',
    level: 'warning',
    text: `${one.users[0]} needs the shared library ${one.library}, which is not in this image: importing it will fail.`,
  }));
  if (here.length === 0) return notices;
  const lines = here.map((one) => `  ${one.library}${one.package === null ? '' : ` of ${one.package}`}, for ${one.users[0]}`);
  const advice =
    packages.length === 0
      ? ''
      : `\nWhere the minimal image serves it: apt-get install --no-install-recommends ${packages.join(' ')}`;
  const text = `The installed packages need shared libraries that the minimal and the micro image do not have:\n${lines.join('\n')}${advice}`;
  return [...notices, { kind: 'text', level: 'info', text }];
}
