import type { Reader, ReadLimits } from '../../src/execute/reader.ts';

/** One question to a reader, as data. Every host has a program that answers it. */
export type ReadRequest =
  | { readonly ask: 'readText'; readonly path: string; readonly limits?: ReadLimits }
  | { readonly ask: 'list' | 'stat' | 'resolve' | 'executable'; readonly path: string }
  | { readonly ask: 'processors' | 'identity' | 'directory' }
  | { readonly ask: 'sha256'; readonly text: string };

/** Asks it of a reader. */
export function readOn(reader: Reader, request: ReadRequest): unknown {
  switch (request.ask) {
    case 'readText':
      return reader.readText(request.path, request.limits);
    case 'sha256':
      return reader.sha256(request.text);
    case 'processors':
      return reader.processors();
    case 'identity':
    case 'directory':
      return reader[request.ask];
    default:
      return reader[request.ask](request.path);
  }
}
