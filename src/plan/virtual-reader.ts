import type { Entry, Reader, TextRead } from '../execute/reader.ts';
import { isWithin, nameOf, parentOf } from '../inspect/paths.ts';

/** A view of an image that does not exist yet: folders of the real world at other places, and entries made up. */
export interface VirtualImage {
  /** Real folders and where they appear. The longest matching place wins. */
  readonly mounts: readonly { readonly at: string; readonly from: string }[];
  /** Files that appear although they are nowhere; their folders appear too. */
  readonly files: Readonly<Record<string, VirtualFile>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly identity: Reader['identity'];
  /** The working directory. */
  readonly directory: string;
  readonly processors: number;
}

export interface VirtualFile {
  readonly text: string;
  readonly executable?: true;
}

/** A Reader over a virtual image. What is neither mounted nor made up is absent. */
export function createVirtualReader(real: Reader, image: VirtualImage): Reader {
  const folders = virtualFolders(image);
  const realPath = (path: string) => mounted(image, path);
  return {
    readText: (path, limits) => readVirtualText(real, image, path, limits),
    list(path) {
      const from = realPath(path);
      const below = from === undefined ? undefined : real.list(from);
      const made = childrenOf([...folders, ...Object.keys(image.files)], path);
      if (below === undefined && !folders.has(path)) return undefined;
      const names = [...new Set([...(below?.names ?? []), ...made])].sort((a, b) => (a < b ? -1 : 1));
      return { names, undecodable: below?.undecodable ?? 0 };
    },
    stat(path) {
      const file = image.files[path];
      if (file !== undefined) return entry('file', file.executable ? 0o775 : 0o664, file.text.length);
      const from = realPath(path);
      return (from === undefined ? undefined : real.stat(from)) ?? (folders.has(path) ? entry('directory', 0o775, 0) : undefined);
    },
    resolve: (path) => (image.files[path] !== undefined || folders.has(path) || exists(real, realPath(path)) ? path : undefined),
    executable(path) {
      const file = image.files[path];
      if (file !== undefined) return file.executable === true;
      const from = realPath(path);
      return from !== undefined && real.executable(from);
    },
    environment: image.environment,
    undecodable: [],
    identity: image.identity,
    directory: image.directory,
    processors: () => image.processors,
    sha256: (text) => real.sha256(text),
  };
}

function readVirtualText(real: Reader, image: VirtualImage, path: string, limits: Parameters<Reader['readText']>[1]): TextRead {
  const file = image.files[path];
  if (file !== undefined) return { ok: true, text: file.text, bom: false };
  const from = mounted(image, path);
  return from === undefined ? { ok: false, problem: { what: 'absent' } } : real.readText(from, limits);
}

function mounted({ mounts }: VirtualImage, path: string): string | undefined {
  const fitting = mounts.filter(({ at }) => isWithin(path, at)).sort((a, b) => b.at.length - a.at.length)[0];
  return fitting === undefined ? undefined : fitting.from + path.slice(fitting.at.length);
}

function exists(real: Reader, path: string | undefined): boolean {
  return path !== undefined && real.stat(path) !== undefined;
}

/** Every folder above a mount or a made-up file. */
function virtualFolders({ mounts, files }: VirtualImage): ReadonlySet<string> {
  const folders = new Set<string>(mounts.map(({ at }) => at));
  for (const path of [...folders, ...Object.keys(files)]) {
    for (let folder = parentOf(path); !folders.has(folder); folder = parentOf(folder)) folders.add(folder);
  }
  return folders;
}

function childrenOf(paths: readonly string[], folder: string): readonly string[] {
  return paths.filter((path) => path !== '/' && parentOf(path) === folder).map(nameOf);
}

function entry(type: Entry['type'], mode: number, size: number): Entry {
  return { type, link: false, mode, size, uid: 1001, gid: 0 };
}
