import { createTextLog, type Log, type LogOptions } from '../common/log.ts';
import { standardOutput } from './output.ts';

/** The log for a format. Synchronous unless JSON is asked for, which costs a library. */
export function createLog(options: LogOptions): Log | Promise<Log> {
  if (options.format === 'text') return createTextLog(options, standardOutput);
  return import('./json-log.ts').then(({ createJsonLog }) => createJsonLog(options));
}
