import type { Entry, Listing, Reader, TextRead } from '../execute/reader.ts';
import { join } from './paths.ts';

/**
 * The project as it will stand once the new source is in place: the new source first, then what is in the
 * application's folder already and will stay.
 */
export interface ProjectView {
  readText(name: string, maxBytes?: number): TextRead;
  stat(name: string): Entry | undefined;
  /** Names at the root of the project, or in a folder of it, sorted. */
  list(folder?: string): readonly string[];
}

export interface Layer {
  readonly path: string;
  /** Names at the root of this layer that will be gone. */
  readonly without: ReadonlySet<string>;
}

export function viewProject(reader: Reader, layers: readonly Layer[]): ProjectView {
  const visible = (name: string) => layers.filter((layer) => !layer.without.has(name.split('/')[0] ?? name));
  return {
    readText(name, maxBytes) {
      for (const { path } of visible(name)) {
        const read = reader.readText(join(path, name), maxBytes === undefined ? {} : { maxBytes });
        if (read.ok || read.problem.what !== 'absent') return read;
      }
      return { ok: false, problem: { what: 'absent' } };
    },
    stat(name) {
      for (const { path } of visible(name)) {
        const entry = reader.stat(join(path, name));
        if (entry !== undefined) return entry;
      }
      return undefined;
    },
    list(folder = '.') {
      const names = new Set<string>();
      for (const layer of folder === '.' ? layers : visible(folder)) {
        for (const name of listed(reader.list(join(layer.path, folder)))) {
          if (folder !== '.' || !layer.without.has(name)) names.add(name);
        }
      }
      return [...names].sort((a, b) => (a < b ? -1 : 1));
    },
  };
}

function listed(listing: Listing | undefined): readonly string[] {
  return listing?.names ?? [];
}
