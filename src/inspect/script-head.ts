import type { Reader } from '../execute/reader.ts';
import { nameOf } from './paths.ts';
import { findProgram } from './programs.ts';

/** How a script begins, which decides who runs it. */
export type ScriptHead =
  /** Something the kernel starts by itself, as far as can be told. */
  | { readonly kind: 'program' }
  | { readonly kind: 'interpreter'; readonly interpreter: string; readonly exists: boolean; readonly carriageReturn: boolean }
  /** No `#!`: the incumbent's bash runs it as a shell script. `shell` is the one to use. */
  | { readonly kind: 'shell-text'; readonly shell: string; readonly carriageReturns: boolean };

/** Looks at how a file begins that is to be executed. `path` is the PATH it would run with. */
export function readHead(reader: Reader, file: string, path: string): ScriptHead {
  const read = reader.readText(file);
  if (!read.ok && read.problem.what === 'utf-16') return { kind: 'shell-text', shell: '/bin/sh', carriageReturns: false };
  // What else is no UTF-8, or very large, is a compiled program as far as can be told: the kernel decides.
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
