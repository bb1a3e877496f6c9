import { parse, TomlError } from 'smol-toml';
import type { Failure } from '../../failures/failure.ts';
import { exceedsDepth, MAX_DEPTH } from './depth.ts';

export type Table = { readonly [key: string]: unknown };

/** Parses a TOML manifest; the failure names line and column and quotes the line. */
export function parseToml(file: string, text: string): { readonly table: Table } | { readonly failure: Failure } {
  if (exceedsDepth(text, MAX_DEPTH)) return { failure: { kind: 'manifest-nesting', file, limit: MAX_DEPTH } };
  try {
    return { table: parse(text) };
  } catch (problem) {
    if (!(problem instanceof TomlError)) throw problem;
    const near = text.split(/\r?\n/)[problem.line - 1]?.trim().slice(0, 120);
    return {
      failure: {
        kind: 'manifest-syntax',
        file,
        format: 'TOML',
        line: problem.line,
        column: problem.column,
        ...(near === undefined || near === '' ? {} : { near: redactUserInfo(near) }),
      },
    };
  }
}

/** A quoted line must not carry the password of a URL into the log. */
function redactUserInfo(line: string): string {
  return line.replace(/(:\/\/)[^\s/@]+@/g, '$1***@');
}

/** The value of a key when it is a table, else undefined. */
export function tableAt(table: Table, key: string): Table | undefined {
  const value = table[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : undefined;
}
