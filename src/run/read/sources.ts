import type { Reader } from '../../execute/reader.ts';
import type { SourcesAnswer } from '../../inspect/applications/answer.ts';
import { isPlainlyWsgi } from '../../inspect/applications/judge.ts';
import { bindsName } from '../../inspect/django/project.ts';
import { tableAt } from '../../inspect/manifests/table.ts';
import { parseToml } from '../../inspect/manifests/toml.ts';
import { join } from '../../inspect/paths.ts';
import type { ModulePlace } from '../../inspect/python/modules.ts';
import type { NamedSource, SourceFile, SourcesFacts } from '../facts.ts';
import type { ModuleFinder } from './modules.ts';

/** Files that hold an application by custom, in the order in which they are looked at. */
const FILES = ['main.py', 'app.py', 'asgi.py', 'wsgi.py', 'api.py'];
/** Folders that are no packages of the application. */
const NO_PACKAGES = /^(?:tests?|docs?|examples?|scripts|migrations|alembic|static|templates|node_modules|build|dist|venv|env)$/;
/** Files that build, test, deploy or configure. */
const NO_APPLICATION = /^(?:setup|conftest|noxfile|fabfile|tasks|locustfile|settings|config|test_\w*|\w*_test|tests?)\.py$/;
const MOST_OTHERS = 10;
/** Enough for every layout that was seen; a folder with more is not a project with one application. */
const MOST_FILES = 40;

export interface SourcesOptions {
  readonly appHome: string;
  readonly pythonPath: string;
  readonly finder: ModuleFinder;
  readonly answer: SourcesAnswer | undefined;
  /** True when the program is on PATH (or will be). */
  readonly hasProgram: (name: string) => boolean;
  /** Nothing is installed yet. */
  readonly isAssumed: 'yes' | 'no';
}

/** Lists where an application may be defined (fastapi-cli looks in the same places), and what pyproject.toml names. */
export function readSources(
  reader: Reader,
  { appHome, pythonPath, finder, answer, hasProgram, isAssumed }: SourcesOptions,
): SourcesFacts {
  const top = filesIn(reader, appHome, '', 'top');
  const below = join(appHome, 'src');
  const inSource = reader.stat(below)?.type === 'directory' ? filesIn(reader, below, 'src', 'top') : [];
  const packages = [...packagesIn(reader, appHome, ''), ...(inSource.length === 0 ? packagesIn(reader, below, 'src') : [])];
  const { entrypoint, modules, names, isPackage } = readPyproject(reader, appHome);
  const targets = modules.flatMap((module) => locatedFile(finder, appHome, module));
  const usual = [...top, ...inSource, ...packages, ...targets].filter(isFirst).slice(0, MOST_FILES);
  const files = [...usual, ...othersIn(reader, appHome)].filter(isFirst);
  const roots = [appHome, below, ...pythonPath.split(':').filter((one) => one !== '')].filter(
    (one, at, all) => all.indexOf(one) === at,
  );
  const scripts = names.map((name) => ({ name, installed: isAssumed === 'yes' ? isPackage : hasProgram(name) }));
  return { roots, files: files.map((one) => reachable(finder, one)), entrypoint, scripts, answer };
}

/** Python files at the top by other names, unless those are tools of a project or its tests; none beside manage.py. */
function othersIn(reader: Reader, folder: string): readonly SourceFile[] {
  const names = reader.list(folder)?.names ?? [];
  if (names.includes('manage.py')) return [];
  return names
    .filter((name) => /^[A-Za-z_]\w*\.py$/.test(name) && !NO_APPLICATION.test(name) && !FILES.includes(name))
    .slice(0, MOST_OTHERS)
    .filter((name) => reader.stat(join(folder, name))?.type === 'file')
    .map((file) => ({ file, module: file.slice(0, -3), of: 'other' }));
}

function filesIn(reader: Reader, folder: string, prefix: string, of: SourceFile['of'], module = ''): readonly SourceFile[] {
  return FILES.filter((name) => reader.stat(join(folder, name))?.type === 'file').map((name) => ({
    file: prefix === '' ? name : `${prefix}/${name}`,
    module: `${module}${name.replace(/\.py$/, '')}`,
    ...(prefix.startsWith('src') ? { folder: 'src' } : {}),
    of,
  }));
}

function packagesIn(reader: Reader, folder: string, prefix: string): readonly SourceFile[] {
  const names = reader.list(folder)?.names ?? [];
  const packages = names.filter(
    (name) =>
      /^[A-Za-z_]\w*$/.test(name) && name !== '__pycache__' && !NO_PACKAGES.test(name) && !(prefix === '' && name === 'src'),
  );
  return packages.flatMap((name) => {
    const path = join(folder, name);
    if (reader.stat(path)?.type !== 'directory') return [];
    const own = prefix === '' ? name : `${prefix}/${name}`;
    const files = filesIn(reader, path, own, 'package', `${name}.`);
    if (reader.stat(join(path, '__init__.py'))?.type !== 'file') return files;
    const itself = { file: `${own}/__init__.py`, module: name, of: 'package' } as const;
    return [...files, prefix === '' ? itself : { ...itself, folder: 'src' }];
  });
}

/** A package that is installed needs no folder on the path. */
function reachable(finder: ModuleFinder, one: SourceFile): SourceFile {
  if (one.folder === undefined || finder.locate(one.module).found === 'no') return one;
  const { folder: _, ...rest } = one;
  return rest;
}

function isFirst(one: SourceFile, at: number, all: readonly SourceFile[]): boolean {
  return all.findIndex(({ file }) => file === one.file) === at;
}

function locatedFile(finder: ModuleFinder, appHome: string, module: string): readonly SourceFile[] {
  const place = finder.locate(module);
  if (place.found !== 'yes' || !place.path.startsWith(`${appHome}/`)) return [];
  const file = fileOf(place);
  return file === undefined ? [] : [{ file: file.slice(appHome.length + 1), module, of: 'package' }];
}

function fileOf(place: ModulePlace): string | undefined {
  if (place.found !== 'yes' || place.path.endsWith('.so')) return undefined;
  return place.path.endsWith('.py') ? place.path : join(place.path, '__init__.py');
}

interface Pyproject {
  readonly entrypoint: string | undefined;
  /** The modules and the names of [project.scripts]. */
  readonly modules: readonly string[];
  readonly names: readonly string[];
  /** It says how the project is built, so its programs will be installed. */
  readonly isPackage: boolean;
}

/** A file that is no TOML is an installer's affair. */
function readPyproject(reader: Reader, appHome: string): Pyproject {
  const read = reader.readText(join(appHome, 'pyproject.toml'));
  const parsed = read.ok ? parseToml('pyproject.toml', read.text) : undefined;
  if (parsed === undefined || 'failure' in parsed) return { entrypoint: undefined, modules: [], names: [], isPackage: false };
  const fastapi = tableAt(tableAt(parsed.table, 'tool') ?? {}, 'fastapi')?.entrypoint;
  const scripts = tableAt(tableAt(parsed.table, 'project') ?? {}, 'scripts') ?? {};
  const modules = Object.values(scripts).flatMap((one) => (typeof one === 'string' ? [one.split(':')[0]?.trim() ?? ''] : []));
  return {
    entrypoint: typeof fastapi === 'string' ? fastapi : undefined,
    modules,
    names: Object.keys(scripts),
    isPackage: 'build-system' in parsed.table,
  };
}

/** The source of a module that a setting or a custom names; files of APP_HOME by their name in it. */
export function readNamed(reader: Reader, place: ModulePlace, appHome: string): NamedSource | undefined {
  const path = fileOf(place);
  const read = path === undefined ? undefined : reader.readText(path);
  if (path === undefined || read?.ok !== true) return undefined;
  const file = path.startsWith(`${appHome}/`) ? path.slice(appHome.length + 1) : path;
  const variable = ['application', 'app', 'server'].find((name) => bindsName(read.text, name));
  return { file, plainly: isPlainlyWsgi(read.text) ? 'wsgi' : 'unknown', ...(variable === undefined ? {} : { variable }) };
}
