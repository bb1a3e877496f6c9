import type { Reader } from '../../execute/reader.ts';
import type { Source } from '../../inspect/fact.ts';
import { join, nameOf, parentOf } from '../../inspect/paths.ts';
import { findProgram } from '../../inspect/programs.ts';
import { findSimilar } from '../../inspect/similar.ts';
import type { ScriptHead, SoughtFile, SoughtScript } from '../facts.ts';

/** Looks for the file that APP_FILE names (B49); only a regular file counts (B46). */
export function readFile(reader: Reader, directory: string, name: string, source: Source): SoughtFile {
  const path = join(directory, name);
  const type = reader.stat(path)?.type;
  const exists = type === 'file';
  const wanted = source.from === 'environment';
  const similar = exists || !wanted ? [] : similarNames(reader, path);
  return { name, path, source, exists, similar, ...(exists || type === undefined ? {} : { instead: type }) };
}

/** Looks for the script that APP_SCRIPT names, and at how it begins (B46). `path` is the PATH it would run with. */
export function readScript(reader: Reader, directory: string, name: string, source: Source, path: string): SoughtScript {
  const file = readFile(reader, directory, name, source);
  if (!file.exists) return { ...file, executable: false, head: { kind: 'program' } };
  return { ...file, executable: reader.executable(file.path), head: readHead(reader, file.path, path) };
}

function readHead(reader: Reader, file: string, path: string): ScriptHead {
  const read = reader.readText(file);
  // What is no UTF-8, or very large, is a compiled program as far as can be told: the kernel decides.
  if (!read.ok || read.text.includes('\0')) return { kind: 'program' };
  const first = read.text.slice(0, read.text.indexOf('\n') < 0 ? undefined : read.text.indexOf('\n'));
  // A byte order mark in front of `#!` hides it from the kernel.
  if (read.bom || !first.startsWith('#!')) {
    return { kind: 'shell-text', shell: findProgram(reader, 'bash', path) ?? '/bin/sh', carriageReturns: first.endsWith('\r') };
  }
  const words = first
    .slice(2)
    .trim()
    .split(/[ \t]+/);
  const [interpreter, missing] = missingInterpreter(reader, words, path);
  return { kind: 'interpreter', interpreter, exists: !missing, carriageReturn: first.endsWith('\r') };
}

/** The interpreter, or with `env NAME` the program it looks up, and whether that is missing. */
function missingInterpreter(reader: Reader, words: readonly string[], path: string): readonly [string, boolean] {
  const [interpreter = '', argument = ''] = words;
  if (interpreter.startsWith('/') && reader.stat(interpreter)?.type !== 'file') return [interpreter, true];
  const plain = nameOf(interpreter) === 'env' && /^[\w./-]+$/.test(argument) && !argument.startsWith('-');
  return plain && findProgram(reader, argument, path) === undefined ? [argument, true] : [interpreter, false];
}

/** Names in the same folder that could have been meant. */
export function similarNames(reader: Reader, path: string): readonly string[] {
  return findSimilar(reader.list(parentOf(path))?.names ?? [], nameOf(path));
}
