import { type Bytes, decoded } from './bytes.ts';
import type { Redactor } from './redact.ts';

/** Lines of a byte string without their ends; a last line without an end counts. */
export function lines(bytes: Bytes): Bytes[] {
  const found = bytes.split('\n');
  if (found.at(-1) === '') found.pop();
  return found.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}

/** Takes output as it is read and gives it on redacted, in whole lines. */
export interface LineFeed {
  push(chunk: Bytes): void;
  /** Gives on what is left: a last line without an end. */
  end(): void;
}

/** A line longer than this is given on in pieces. Bytes. */
const longLine = 64 * 1024;

export function createLineFeed(redactor: Redactor, emit: (bytes: Bytes) => void): LineFeed {
  let rest = '';
  return {
    push: (chunk) => {
      rest += chunk;
      const newline = rest.lastIndexOf('\n') + 1;
      // No secret holds a line end, so whole lines can be redacted together.
      if (newline > 0) emit(redactor.redact(rest.slice(0, newline)));
      rest = rest.slice(newline);
      if (rest.length <= longLine) return;
      const piece = redactor.cut(rest);
      if (piece.ready !== '') emit(piece.ready);
      rest = piece.rest;
    },
    end: () => {
      if (rest !== '') emit(redactor.redact(rest));
      rest = '';
    },
  };
}

/** Remembers the last lines of what it is given. */
export interface Tail {
  add(redacted: Bytes): void;
  lines(): readonly string[];
}

/** Of a longer line only the beginning is remembered. Bytes. */
const longestKept = 4096;

export function createTail(count: number): Tail {
  let kept: Bytes[] = [];
  return {
    add: (redacted) => {
      const found = lines(redacted.length > count * longestKept * 4 ? redacted.slice(-count * longestKept * 4) : redacted);
      kept = [...kept, ...found.slice(-count).map((line) => line.slice(0, longestKept))].slice(-count);
    },
    lines: () => kept.map(decoded),
  };
}
