import type { Reader } from '../../execute/reader.ts';
import { tableAt } from '../../inspect/manifests/table.ts';
import { parseToml } from '../../inspect/manifests/toml.ts';
import { join } from '../../inspect/paths.ts';
import type { Settings } from '../../inspect/settings/read.ts';
import type { PageFacts } from '../facts.ts';
import { STREAMLIT_OPTIONS } from '../servers/streamlit/options.ts';

/** Names that scripts for Streamlit and Gradio have by custom, in the order in which they are looked at. */
const FILES = ['app.py', 'streamlit_app.py', 'main.py', 'Home.py', 'demo.py', 'ui.py'];

export interface PageOptions {
  readonly settings: Settings;
  readonly appHome: string;
  /** HOME, or what is HOME without it. */
  readonly home: string;
  readonly hasProgram: (name: string) => boolean;
}

/** Reads what decides about scripts that make pages; nothing where neither library is installed. */
export function readPages(reader: Reader, { settings, appHome, home, hasProgram }: PageOptions): PageFacts {
  const servers = (['streamlit', 'gradio'] as const).filter(hasProgram);
  if (servers.length === 0) return { servers, files: [], configured: [] };
  const given = settings.text('APP_FILE')?.value;
  const names = given === undefined ? [...FILES, ...FILES.map((name) => `src/${name}`)] : [given];
  const files = names.filter((name) => reader.stat(join(appHome, name))?.type === 'file');
  const configured = servers.includes('streamlit') ? [appHome, home].flatMap((folder) => readConfigured(reader, folder)) : [];
  return { servers, files, configured: [...new Set(configured)] };
}

/** Streamlit itself complains about a file that is no TOML. */
function readConfigured(reader: Reader, folder: string): readonly string[] {
  const read = reader.readText(join(folder, '.streamlit/config.toml'));
  const parsed = read.ok ? parseToml('config.toml', read.text) : undefined;
  if (parsed === undefined || 'failure' in parsed) return [];
  return Object.keys(STREAMLIT_OPTIONS).filter((option) => {
    const [section = '', name = ''] = option.split('.');
    return tableAt(parsed.table, section)?.[name] !== undefined;
  });
}
