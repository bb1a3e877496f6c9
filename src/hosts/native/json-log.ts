import * as posix from 'posix';
import { decoded } from '../common/bytes.ts';
import { lines } from '../common/lines.ts';
import type { Log, LogOptions, Output } from '../common/log.ts';
import { createRedactor, redactText } from '../common/redact.ts';

/** One JSON object a line, with the fields and their order as pino gives them on Node: see `../node/json-log.ts`. */
export function createJsonLog(options: Omit<LogOptions, 'format'>, output: Output): Log {
  const redactor = createRedactor(options.secrets);
  const progress = options.progress === 'stdout' ? 1 : 2;
  const write = (descriptor: 1 | 2, level: string, fields: Readonly<Record<string, string>>): void => {
    const line = { level, time: posix.timestamp(), hook: options.hook, ...fields };
    output.text(descriptor, `${JSON.stringify(line)}\n`);
  };
  return {
    redactor,
    say: (kind, text) => {
      const msg = redactText(redactor, text);
      if (kind === 'error') write(2, 'error', { kind, msg });
      else write(progress, kind === 'warning' ? 'warn' : 'info', { kind, msg });
    },
    output: (stream, tool, bytes) => {
      for (const line of lines(bytes)) write(progress, 'info', { kind: 'output', stream, tool, msg: decoded(line) });
    },
  };
}
