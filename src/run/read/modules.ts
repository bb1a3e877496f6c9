import type { Reader } from '../../execute/reader.ts';
import { bindsName } from '../../inspect/django/project.ts';
import type { Installed } from '../../inspect/installed.ts';
import { join } from '../../inspect/paths.ts';
import { locateModule, type ModulePlace, sourceOf } from '../../inspect/python/modules.ts';
import type { RunFacts } from '../facts.ts';

/** Finds modules where the server will look for them. */
export interface ModuleFinder {
  locate(module: string): ModulePlace;
  /** False when the module's source certainly binds no such name. */
  mayBind(place: ModulePlace, name: string): boolean;
  /** Folders that are searched, for messages. */
  readonly folders: readonly string[];
}

export interface FinderOptions {
  readonly place: RunFacts['place'];
  readonly appHome: string;
  readonly pythonPath: string;
  readonly installed: Installed;
  /** The installed distributions are only assumed, or the server's own settings may change the path: never say no. */
  readonly certain: 'yes' | 'no';
}

export function moduleFinder(reader: Reader, options: FinderOptions): ModuleFinder {
  const { installed, appHome, place } = options;
  const fromPath = options.pythonPath.split(':').filter((folder) => folder !== '');
  const folders = distinct([appHome, ...fromPath.map((folder) => join(appHome, folder)), ...installed.sitePackages]);
  return {
    folders,
    locate: (module) => {
      const found = locateModule(reader, module, folders);
      if (found.found !== 'no') return found;
      if (options.certain === 'no') return { found: 'unknown' };
      return locateModule(reader, module, standardLibrary(reader, place.appRoot, installed.python));
    },
    mayBind: (found, name) => {
      const source = found.found === 'yes' ? sourceOf(reader, found.path) : undefined;
      return source === undefined ? found.found !== 'yes' || found.path.endsWith('.so') : bindsName(source, name);
    },
  };
}

/** The folder of the interpreter that the environment was made from (pyvenv.cfg names its `bin`). */
function standardLibrary(reader: Reader, appRoot: string, python: string | undefined): readonly string[] {
  const configuration = reader.readText(join(appRoot, 'pyvenv.cfg'));
  const home = configuration.ok ? /^home\s*=\s*(.+?)\s*$/m.exec(configuration.text)?.[1] : undefined;
  return home === undefined || python === undefined ? [] : [join(home, '..', 'lib', python)];
}

function distinct(folders: readonly string[]): readonly string[] {
  return [...new Set(folders)];
}
