import type { Reader } from '../../src/execute/reader.ts';
import { createReader } from '../../src/hosts/node/reader.ts';
import { createMemoryReader, type MemoryReaderOptions } from './memory-reader.ts';

export type { MemoryEntry } from './memory-reader.ts';
export type ScriptedReaderOptions = MemoryReaderOptions;

/** A reader that sees nothing of this machine: only what is mounted or given. What is mounted is read by Node. */
export function createScriptedReader(options: ScriptedReaderOptions = {}): Reader {
  return createMemoryReader(createReader({ environment: new Map(), directory: '/' }), options);
}
