import type { Say } from '../../execute/effect.ts';
import type { Bytes } from './bytes.ts';
import { createRedactor, type Redactor, redactText } from './redact.ts';

/** Where everything a hook prints goes through. Nothing unredacted leaves it. */
export interface Log {
  readonly redactor: Redactor;
  say(level: Say['level'], text: string): void;
  /** Part of a program's output, redacted already: whole lines, or a piece of one that is very long. */
  output(stream: OutputStream, tool: string, bytes: Bytes): void;
}

export type OutputStream = 'stdout' | 'stderr';

/** What a host writes to standard output (1) and standard error (2): everything, however slowly it is read. */
export interface Output {
  readonly text: (descriptor: 1 | 2, text: string) => void;
  readonly bytes: (descriptor: 1 | 2, bytes: Bytes) => void;
}

export interface LogOptions {
  /** Name of the hook, for JSON lines. */
  readonly hook: string;
  readonly format: 'text' | 'json';
  /** Where progress goes: `stderr` for a hook whose standard output is its product. Errors always go to stderr. */
  readonly progress: OutputStream;
  readonly secrets: readonly string[];
}

/** The log as text, as upstream's hooks write it. */
export function createTextLog(options: Omit<LogOptions, 'format'>, output: Output): Log {
  const redactor = createRedactor(options.secrets);
  const progress = options.progress === 'stdout' ? 1 : 2;
  return {
    redactor,
    say: (level, text) => {
      output.text(level === 'error' ? 2 : progress, `${prefixes[level]}${redactText(redactor, text)}\n`);
    },
    output: (stream, _tool, bytes) => output.bytes(stream === 'stdout' ? progress : 2, bytes),
  };
}

const prefixes: Readonly<Record<Say['level'], string>> = { step: '---> ', info: '', warning: 'WARNING: ', error: 'ERROR: ' };
