import type { Reader } from '../../execute/reader.ts';
import { join } from '../../inspect/paths.ts';
import type { AssembleFacts } from '../facts.ts';

const FOLDER = 'wheelhouse';

/**
 * Archives that the project brings, where PIP_NO_INDEX says that there is no index and nothing else says where they are: for
 * every pip that is started, those that fetch what a package needs to be built included.
 */
export function wheelhouse(reader: Reader, { places }: AssembleFacts): Readonly<Record<string, string>> {
  const { PIP_NO_INDEX: none = '', PIP_FIND_LINKS: links = '' } = reader.environment;
  if (!/^(1|true|yes|on|y|t)$/i.test(none) || links !== '') return {};
  const brought = [places.source, places.home].some((folder) => reader.stat(join(folder, FOLDER))?.type === 'directory');
  return brought ? { PIP_FIND_LINKS: join(places.home, FOLDER) } : {};
}
