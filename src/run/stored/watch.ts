import type { Reader } from '../../execute/reader.ts';

/** One thing that was looked at, and what was seen: what a decision rests on. */
export type Lookup = readonly [ask: Ask, path: string, seen: string];

type Ask = 'stat' | 'text' | 'names' | 'executable' | 'resolve';

export interface Watched {
  readonly reader: Reader;
  /** Everything that was asked so far, each question once. */
  lookups(): readonly Lookup[];
}

/**
 * A reader that remembers what was asked of it. Names in folders count only where packages are installed: a folder of the
 * project may get files while it runs, and what was found in it is asked about by its own name.
 */
export function watchReader(reader: Reader): Watched {
  const seen = new Map<string, Lookup>();
  const note = (ask: Ask, path: string) => {
    const key = `${ask} ${path}`;
    if (!seen.has(key)) seen.set(key, [ask, path, look(reader, ask, path)]);
  };
  return {
    lookups: () => [...seen.values()],
    reader: {
      ...reader,
      readText(path, limits) {
        note('text', path);
        return reader.readText(path, limits);
      },
      list(path) {
        if (path.endsWith('-packages')) note('names', path);
        return reader.list(path);
      },
      stat(path) {
        note('stat', path);
        return reader.stat(path);
      },
      resolve(path) {
        note('resolve', path);
        return reader.resolve(path);
      },
      executable(path) {
        note('executable', path);
        return reader.executable(path);
      },
    },
  };
}

/** What is seen there now, as short text that can be compared: no content, only its digest. */
export function look(reader: Reader, ask: Ask, path: string): string {
  switch (ask) {
    case 'stat':
      return reader.stat(path)?.type ?? 'absent';
    case 'text': {
      const read = reader.readText(path);
      return read.ok ? reader.sha256(read.text) : read.problem.what;
    }
    case 'names':
      return reader.sha256((reader.list(path)?.names ?? []).join('\n'));
    case 'executable':
      return reader.executable(path) ? 'yes' : 'no';
    case 'resolve':
      return reader.resolve(path) ?? 'absent';
  }
}
