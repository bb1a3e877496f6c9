import type { Reader } from '../../execute/reader.ts';
import { join } from '../paths.ts';

/** A line `name: command` of a Procfile. */
export interface ProcessLine {
  readonly name: string;
  readonly command: string;
  readonly line: number;
}

/** The processes of a project, each name once; the last line of a name counts. */
export interface Procfile {
  readonly processes: readonly ProcessLine[];
  /** Lines that are neither a process nor a comment. */
  readonly strange: readonly number[];
}

/** Reads Procfile in a folder; undefined when there is none that can be read. */
export function readProcfile(reader: Reader, folder: string): Procfile | undefined {
  const path = join(folder, 'Procfile');
  if (reader.stat(path)?.type !== 'file') return undefined;
  const read = reader.readText(path);
  return read.ok ? parseProcfile(read.text) : undefined;
}

export function parseProcfile(text: string): Procfile {
  const processes = new Map<string, ProcessLine>();
  const strange: number[] = [];
  text.split(/\r?\n/).forEach((line, at) => {
    if (/^\s*(?:#.*)?$/.test(line)) return;
    const [, name, command] = /^\s*([A-Za-z0-9_-]+)\s*:\s*(\S.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || command === undefined) strange.push(at + 1);
    else processes.set(name, { name, command, line: at + 1 });
  });
  return { processes: [...processes.values()], strange };
}
