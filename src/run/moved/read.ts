import { STAMP } from '../../assemble/places.ts';
import { parseStamp, type Stamp } from '../../assemble/saved/stamp.ts';
import type { Reader } from '../../execute/reader.ts';
import { join } from '../../inspect/paths.ts';

/** What a tree that was built in one image does not find in the image that it runs in. */
export interface Moved {
  readonly python: PythonMoved | undefined;
  readonly libraries: readonly MissingLibrary[];
  /** Whether packages can be added to this image. */
  readonly packages: 'apt-get' | 'none';
}

export type PythonMoved =
  /** The link to the interpreter leads nowhere. */
  | { readonly what: 'absent'; readonly built: string; readonly found: readonly string[] }
  /** The installed packages lie where another minor version looks for them. */
  | { readonly what: 'version'; readonly built: string; readonly found: readonly string[] }
  /** Compiled code is for another processor or C library. */
  | { readonly what: 'abi'; readonly built: string; readonly found: readonly string[] };

export interface MissingLibrary {
  readonly library: string;
  readonly user: string;
  readonly package: string | null;
}

/**
 * Compares what assemble wrote down with what stands here. Undefined when nothing was written down, or all of it agrees: a
 * few looks at files, for an application that starts where it was built.
 */
export function readMoved(reader: Reader, appRoot: string): Moved | undefined {
  const read = reader.readText(join(appRoot, STAMP), { maxBytes: 16 * 1024 * 1024 });
  const saved = read.ok ? parseStamp(read.text) : undefined;
  if (saved?.state !== 'present') return undefined;
  const python = pythonMoved(reader, appRoot, saved.stamp);
  const libraries = missingLibraries(reader, saved.stamp);
  if (python === undefined && libraries.length === 0) return undefined;
  return { python, libraries, packages: reader.executable('/usr/bin/apt-get') ? 'apt-get' : 'none' };
}

function pythonMoved(reader: Reader, appRoot: string, { interpreter, packages }: Stamp): PythonMoved | undefined {
  const home = homeOf(reader, appRoot);
  const libraries = home === undefined ? [] : [join(home, '../lib'), join(home, '../lib64')];
  const found = libraries.flatMap((library) => versionsIn(reader, library));
  const versions = [...new Set(found.map(({ version }) => version))];
  const built = interpreter.python;
  if (reader.stat(join(appRoot, 'bin/python'))?.type === 'dangling') return { what: 'absent', built, found: versions };
  if (versions.length === 0 || packages.length === 0) return undefined;
  if (!versions.includes(built)) return { what: 'version', built, found: versions };
  const abis = [...new Set(found.filter(({ version }) => version === built).flatMap((one) => one.abis))];
  const fits = abis.length === 0 || !interpreter.abi.startsWith('cpython-') || abis.includes(interpreter.abi);
  return fits ? undefined : { what: 'abi', built: interpreter.abi, found: abis };
}

function homeOf(reader: Reader, appRoot: string): string | undefined {
  const configuration = reader.readText(join(appRoot, 'pyvenv.cfg'));
  return configuration.ok ? /^home\s*=\s*(.+?)\s*$/m.exec(configuration.text)?.[1] : undefined;
}

/** The Pythons whose standard library lies in a folder, with the ABIs that its extension modules bear (PEP 3149). */
function versionsIn(reader: Reader, library: string): readonly { readonly version: string; readonly abis: readonly string[] }[] {
  const names = reader.list(library)?.names.filter((name) => /^python3\.[0-9]+$/.test(name)) ?? [];
  return names.flatMap((name) => {
    const modules = reader.list(join(library, name, 'lib-dynload'))?.names;
    if (modules === undefined) return [];
    const abis = modules.flatMap((module) => /\.(cpython-[^.]+)\.so$/.exec(module)?.[1] ?? []);
    return [{ version: name.slice('python'.length), abis: [...new Set(abis)] }];
  });
}

/** Where the dynamic linker looks; what an application sets itself comes first. */
function foldersOf(reader: Reader, abi: string): readonly string[] {
  const given = (reader.environment.LD_LIBRARY_PATH ?? '').split(':').filter((folder) => folder.startsWith('/'));
  const multiarch = /^cpython-\d+[a-z]*-(.+)$/.exec(abi)?.[1];
  const own = multiarch === undefined ? [] : [`/usr/lib/${multiarch}`, `/lib/${multiarch}`];
  return [...given, '/usr/local/lib', ...own, '/usr/lib64', '/lib64', '/usr/lib', '/lib'];
}

function missingLibraries(reader: Reader, { libraries = [], interpreter }: Stamp): readonly MissingLibrary[] {
  if (libraries.length === 0) return [];
  const folders = foldersOf(reader, interpreter.abi);
  const missing = libraries.filter(({ library }) => !folders.some((folder) => reader.stat(join(folder, library)) !== undefined));
  return missing.map((one) => ({ library: one.library, user: one.users[0] ?? '', package: one.package }));
}
