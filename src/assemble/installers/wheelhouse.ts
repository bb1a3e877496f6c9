import type { Reader } from '../../execute/reader.ts';
import { join } from '../../inspect/paths.ts';
import type { AssembleFacts } from '../facts.ts';

const FOLDER = 'wheelhouse';

/** Whether pip's variable, else its files, say that there is no index. */
export function hasNoIndex({ installerVariables, pipFiles }: AssembleFacts): boolean {
  return /^(1|true|yes|on|y|t)$/i.test(installerVariables.PIP_NO_INDEX || (pipFiles.PIP_NO_INDEX ?? ''));
}

/**
 * Archives that the project brings, where pip is told that there is no index and nothing else says where they are: for
 * every pip that is started, those that fetch what a package needs to be built included.
 */
export function wheelhouse(reader: Reader, facts: AssembleFacts): Readonly<Record<string, string>> {
  if (!hasNoIndex(facts) || (reader.environment.PIP_FIND_LINKS || (facts.pipFiles.PIP_FIND_LINKS ?? '')) !== '') return {};
  const { places } = facts;
  const brought = [places.source, places.home].some((folder) => reader.stat(join(folder, FOLDER))?.type === 'directory');
  return brought ? { PIP_FIND_LINKS: join(places.home, FOLDER) } : {};
}
