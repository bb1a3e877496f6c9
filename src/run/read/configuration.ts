import type { Reader } from '../../execute/reader.ts';
import { join } from '../../inspect/paths.ts';
import { readBindings } from '../../inspect/python/bindings.ts';
import { readStatements } from '../../inspect/python/statements.ts';

/** What a configuration file of gunicorn says about the application. */
export type ConfigurationState = 'absent' | 'without-application' | 'with-application';

/** Reads a configuration file; one that cannot be read as text counts as one without `wsgi_app`. */
export function readConfiguration(reader: Reader, path: string): ConfigurationState {
  // The file is mostly not there, and asking for that is cheaper than failing to open it.
  if (reader.stat(path) === undefined) return 'absent';
  const read = reader.readText(path);
  if (read.ok) return setsApplication(read.text) ? 'with-application' : 'without-application';
  return read.problem.what === 'absent' || read.problem.what === 'directory' || read.problem.what === 'dangling'
    ? 'absent'
    : 'without-application';
}

/** True when running the file gives `wsgi_app` a value (B40: a comment or a text that mentions it does not). */
export function setsApplication(source: string): boolean {
  if (!source.includes('wsgi_app')) return false;
  const given = readBindings(readStatements(source, ['wsgi_app'])).filter(
    (one) => one.kind === 'name' && one.name === 'wsgi_app',
  );
  return given.some(
    (one) => one.kind === 'name' && one.value.is !== 'none' && !(one.value.is === 'text' && one.value.text === ''),
  );
}

/** Whether the configuration file that gunicorn will read chooses its worker class; the default file is read too. */
export function readWorkerClass(reader: Reader, appHome: string, given: string | undefined): 'given' | 'not-given' {
  const file = (given ?? 'gunicorn.conf.py').replace(/^file:/, '');
  // What gunicorn imports cannot be read here: it may choose.
  if (file.startsWith('python:')) return 'given';
  const path = join(appHome, file);
  if (reader.stat(path) === undefined) return 'not-given';
  const read = reader.readText(path);
  return read.ok && /\bworker_class\b/.test(read.text) ? 'given' : 'not-given';
}
