import type { Say } from '../../execute/effect.ts';
import { type Bytes, bufferOf } from './bytes.ts';
import { writeAll, writeText } from './output.ts';
import { createRedactor, type Redactor, redactText } from './redact.ts';

/** Where everything a hook prints goes through. Nothing unredacted leaves it. */
export interface Log {
  readonly redactor: Redactor;
  say(level: Say['level'], text: string): void;
  /** Part of a program's output, redacted already: whole lines, or a piece of one that is very long. */
  output(stream: OutputStream, tool: string, bytes: Bytes): void;
}

export type OutputStream = 'stdout' | 'stderr';

export interface LogOptions {
  /** Name of the hook, for JSON lines. */
  readonly hook: string;
  readonly format: 'text' | 'json';
  /** Where progress goes: `stderr` for a hook whose standard output is its product. Errors always go to stderr. */
  readonly progress: OutputStream;
  readonly secrets: readonly string[];
}

/** The log as text, as upstream's hooks write it. The one in JSON is in `json-log.ts`, because it costs a library. */
export function createTextLog(options: Omit<LogOptions, 'format'>): Log {
  const redactor = createRedactor(options.secrets);
  const progress = options.progress === 'stdout' ? 1 : 2;
  return {
    redactor,
    say: (level, text) => {
      writeText(level === 'error' ? 2 : progress, `${prefixes[level]}${redactText(redactor, text)}\n`);
    },
    output: (stream, _tool, bytes) => writeAll(stream === 'stdout' ? progress : 2, bufferOf(bytes)),
  };
}

const prefixes: Readonly<Record<Say['level'], string>> = { step: '---> ', info: '', warning: 'WARNING: ', error: 'ERROR: ' };

/** The log for a format. Synchronous unless JSON is asked for. */
export function createLog(options: LogOptions): Log | Promise<Log> {
  if (options.format === 'text') return createTextLog(options);
  return import('./json-log.ts').then(({ createJsonLog }) => createJsonLog(options));
}
