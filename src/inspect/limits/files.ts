import type { Reader } from '../../execute/reader.ts';
import { join, parentOf } from '../paths.ts';

/** Which cgroup files say something about this process, in the order in which they are believed. */
export interface CgroupFiles {
  /** The text of the first of these files that exists and is not empty, trimmed; `of` is its name as messages show it. */
  first(...names: readonly CgroupFile[]): { readonly text: string; readonly of: string } | undefined;
  /** The texts of one version-2 file, from the process's own group up to the root's, where it exists. */
  chain(name: string): readonly string[];
}

/** A file below `/sys/fs/cgroup`; version 1 has a folder for each controller. */
export interface CgroupFile {
  readonly name: string;
  readonly controller?: string;
}

/** `root` is `/` except for fixtures. Nothing is read before it is asked for. */
export function cgroupFiles(reader: Reader, root: string): CgroupFiles {
  const mount = join(root, 'sys/fs/cgroup');
  return {
    first: (...names) => {
      for (const { name, controller } of names) {
        const folders = controller === undefined ? versionTwo(reader, root, mount, name) : versionOne(mount, controller);
        for (const folder of folders) {
          const text = readTrimmed(reader, join(folder, name));
          if (text !== undefined && text !== '') return { text, of: name };
        }
      }
      return undefined;
    },
    chain: (name) => {
      const texts = versionTwo(reader, root, mount, name).map((folder) => readTrimmed(reader, join(folder, name)) ?? '');
      return texts.filter((text) => text !== '');
    },
  };
}

/** B84, B85: `cpu` is usually a link to `cpu,cpuacct`; some hosts have only the long name. */
function versionOne(mount: string, controller: string): readonly string[] {
  return controller === 'cpu' ? [join(mount, 'cpu'), join(mount, 'cpu,cpuacct')] : [join(mount, controller)];
}

/**
 * In a container the mount is the process's own group. Without a cgroup namespace it is the machine's: the root group has no
 * limits, and `/proc/self/cgroup` tells the way down. On a hybrid machine version 2 is mounted in `unified`.
 */
function versionTwo(reader: Reader, root: string, mount: string, name: string): readonly string[] {
  if (reader.stat(join(mount, name)) !== undefined) return [mount];
  const own = readTrimmed(reader, join(root, 'proc/self/cgroup'));
  const path = own === undefined ? undefined : /^0::(\/.*)$/m.exec(own)?.[1];
  if (path === undefined || path === '/' || path.includes('..')) return [];
  const base = [mount, join(mount, 'unified')].find((folder) => reader.stat(join(folder, path.slice(1))) !== undefined);
  return base === undefined ? [] : upwards(join(base, path.slice(1)), base);
}

function upwards(from: string, base: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = from; folder !== base; folder = parentOf(folder)) folders.push(folder);
  return folders;
}

function readTrimmed(reader: Reader, path: string): string | undefined {
  const read = reader.readText(path);
  return read.ok ? read.text.trim() : undefined;
}
