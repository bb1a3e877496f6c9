import { parse, TomlError } from 'smol-toml';
import type { Failure } from '../../failures/failure.ts';
import { exceedsDepth, MAX_DEPTH } from './depth.ts';
import type { Table } from './table.ts';

/** Parses a TOML manifest; the failure names line and column and quotes the line. */
export function parseToml(file: string, text: string): { readonly table: Table } | { readonly failure: Failure } {
  if (exceedsDepth(text, MAX_DEPTH)) return { failure: { kind: 'manifest-nesting', file, limit: MAX_DEPTH } };
  try {
    return { table: parse(text) };
  } catch (problem) {
    if (!(problem instanceof TomlError)) throw problem;
    const near = text.split(/\r?\n/)[problem.line - 1]?.trim().slice(0, 120) ?? '';
    const reason = reasonOf(problem, text);
    return {
      failure: {
        kind: 'manifest-syntax',
        file,
        format: 'TOML',
        line: problem.line,
        column: problem.column,
        near: redactUserInfo(near),
        ...(reason === undefined ? {} : { reason }),
      },
    };
  }
}

/** The library's words are "Invalid TOML document: REASON", then a picture of the place. */
function reasonOf({ message, line, column }: TomlError, text: string): string | undefined {
  const reason = /^[^:\n]*: ([^\n]+)/.exec(message)?.[1];
  const atEnd = column > (text.split(/\r?\n/)[line - 1]?.length ?? 0);
  // What it finds there is the line's end, which is a control character too.
  return reason?.startsWith('control characters') && atEnd ? 'the line ends inside a string' : reason;
}

/** A quoted line must not carry the password of a URL into the log. */
function redactUserInfo(line: string): string {
  return line.replace(/(:\/\/)[^\s/@]+@/g, '$1***@');
}
