import pino from 'pino';
import { decoded } from '../common/bytes.ts';
import { lines } from '../common/lines.ts';
import type { Log, LogOptions } from '../common/log.ts';
import { createRedactor, redactText } from '../common/redact.ts';
import { writeText } from './output.ts';

/**
 * One JSON object a line: `level`, `time`, `hook`, `kind` (step, info, warning, error or output), `msg`, and for output
 * `stream` and `tool`. Errors go to standard error, all else where progress goes: a reader
 * of JSON tells the streams apart by the field.
 */
export function createJsonLog(options: LogOptions): Log {
  const redactor = createRedactor(options.secrets);
  const progress = options.progress === 'stdout' ? 1 : 2;
  const settings = {
    base: { hook: options.hook },
    formatters: { level: (label: string) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  // Own destinations: pino's opens the descriptor through process.stdout, which makes a pipe non-blocking.
  const out = pino(settings, { write: (line: string) => writeText(progress, line) });
  const err = pino(settings, { write: (line: string) => writeText(2, line) });
  return {
    redactor,
    say: (level, text) => {
      const msg = redactText(redactor, text);
      if (level === 'error') err.error({ kind: level }, msg);
      else if (level === 'warning') out.warn({ kind: level }, msg);
      else out.info({ kind: level }, msg);
    },
    output: (stream, tool, bytes) => {
      for (const line of lines(bytes)) out.info({ kind: 'output', stream, tool }, decoded(line));
    },
  };
}
