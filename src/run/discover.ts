import type { Definition, SourceAnswer } from '../inspect/applications/answer.ts';
import {
  FACTORY_NAMES,
  type Interface,
  interfaceOfFactory,
  interfaceOfObject,
  isUnserved,
  OBJECT_NAMES,
} from '../inspect/applications/judge.ts';
import { fromFile } from '../inspect/fact.ts';
import type { Application, ApplicationSearch } from './application.ts';
import type { RunFacts, ServingFacts, SourceFile } from './facts.ts';
import type { Rejected } from './launch.ts';
import { INVALID, SEVERAL } from './reasons.ts';

/**
 * An application that nothing names: what [tool.fastapi] says, else the first file at the top that defines one, else the one
 * package that does. What defines it was asked of Python's own parser.
 */
export function discoverApplication({ appHome }: RunFacts, serving: ServingFacts): ApplicationSearch {
  const { sources } = serving;
  if (sources.entrypoint !== undefined) return { found: 'yes', application: fromEntrypoint(sources.entrypoint), rejected: [] };
  const candidate = 'an application object';
  const where = appHome.path;
  const usual = sources.files.filter(({ of }) => of !== 'other');
  const others = mayBeOther(serving) ? sources.files.filter(({ of }) => of === 'other') : [];
  const none: Rejected = { candidate, where, reason: 'there is no main.py, app.py or asgi.py, nor a package with one' };
  if (usual.length + others.length === 0) return { found: 'no', rejected: [none] };
  if (sources.answer === undefined) return { found: 'ask', question: { about: 'sources' }, rejected: [] };
  if (sources.answer.is === 'no-answer') return { found: 'no', rejected: [{ candidate, where, reason: sources.answer.reason }] };
  const { files } = sources.answer;
  const look = (file: SourceFile) => ({ file, found: applicationIn(file, files[file.file]) });
  const search = choose(usual.map(look));
  if (search.found !== 'no') return search;
  const other = choose(others.map(look));
  const rejected = usual.length === 0 ? [none] : search.rejected;
  return other.found === 'no' ? { found: 'no', rejected } : { ...other, rejected };
}

/** Other ways to start come before a file whose name says nothing. */
function mayBeOther({ pages, sources }: ServingFacts): boolean {
  return pages.files.length === 0 && sources.scripts.every(({ installed }) => !installed);
}

interface Looked {
  readonly file: SourceFile;
  readonly found: Application | string;
}

function choose(looked: readonly Looked[]): ApplicationSearch {
  const applications = looked.flatMap(({ file, found }) => (typeof found === 'string' ? [] : [{ file, found }]));
  const top = applications.find(({ file }) => file.of === 'top');
  const packages = new Set(applications.map(({ file }) => file.module.split('.')[0]));
  if (top === undefined && packages.size > 1) {
    const names = applications.map(({ found }) => found.name);
    return { found: 'several', failure: { kind: 'several-applications', applications: names }, rejected: [] };
  }
  const chosen = top ?? applications[0];
  const rejected = looked.flatMap(({ file, found }): readonly Rejected[] => {
    if (found === chosen?.found) return [];
    const reason = typeof found === 'string' ? found : `it defines ${found.name}; ${chosen?.file.file ?? ''} comes first`;
    return [{ candidate: file.file, where: '', reason }];
  });
  return chosen === undefined ? { found: 'no', rejected } : { found: 'yes', application: chosen.found, rejected };
}

function fromEntrypoint(entrypoint: string): Application {
  const because = [fromFile('pyproject.toml', '[tool.fastapi] entrypoint')];
  return { name: entrypoint, interface: 'asgi', why: '[tool.fastapi] in pyproject.toml names it', because, lines: [] };
}

/** The application that a file defines, or why it defines none. */
function applicationIn(file: SourceFile, answer: SourceAnswer | undefined): Application | string {
  if (answer === undefined) return 'not looked at';
  if ('problem' in answer) return `${INVALID}${answer.problem}`;
  const byName = (name: string) => answer.names.findLast((one) => one.name === name);
  for (const name of OBJECT_NAMES) {
    const definition = byName(name);
    const protocol = definition && interfaceOfObject(definition);
    if (definition !== undefined && protocol !== undefined) return describe(file, definition, name, protocol);
  }
  for (const name of FACTORY_NAMES) {
    const definition = byName(name);
    const protocol = definition && interfaceOfFactory(definition);
    if (definition !== undefined && protocol !== undefined) return describe(file, definition, `${name}()`, protocol);
  }
  const others = answer.names.filter((one) => one.is === 'value' && interfaceOfObject(one) !== undefined);
  const [other] = others;
  const protocol = other && interfaceOfObject(other);
  if (others.length === 1 && other !== undefined && protocol !== undefined) return describe(file, other, other.name, protocol);
  if (others.length > 1) return unknownObject(file, answer.names) ?? `${SEVERAL}${others.map(({ name }) => name).join(', ')}`;
  const demanding = FACTORY_NAMES.find((name) => (byName(name)?.needs ?? 0) > 0);
  const unserved = OBJECT_NAMES.map(byName).find((one) => one?.is === 'value' && isUnserved(one.of[0] ?? ''));
  if (unserved !== undefined) return `its ${unserved.name} is ${unserved.of[0] ?? ''}: neither WSGI nor ASGI`;
  return (
    unknownObject(file, answer.names) ??
    (demanding === undefined
      ? 'it defines no app, application, api or create_app'
      : `its ${demanding}() needs arguments: a server gives none, a line "app = ${demanding}(…)" can`)
  );
}

/** `app` or `application` made by something that is not known: the import will tell whether it can be served. */
function unknownObject(file: SourceFile, names: readonly Definition[]): Application | undefined {
  if (file.of === 'other') return undefined;
  const definition = names.findLast((one) => (one.name === 'app' || one.name === 'application') && one.is === 'value');
  const [made] = definition?.of ?? [];
  return definition === undefined || made === undefined || isUnserved(made)
    ? undefined
    : describe(file, definition, definition.name, 'unknown');
}

function describe(file: SourceFile, { line, of }: Definition, variable: string, protocol: Interface | 'unknown'): Application {
  const [made] = of;
  // Python's parser sees no name for what a method of a fresh object makes.
  const how =
    made === undefined || made.startsWith('?') ? '' : ` (${made}${protocol === 'unknown' ? '' : `, ${protocol.toUpperCase()}`})`;
  return {
    name: `${file.module}:${variable}`,
    interface: protocol,
    ...(file.folder === undefined ? {} : { folder: file.folder }),
    why: `${file.file} defines ${variable} in line ${line}${how}`,
    because: [fromFile(file.file, variable)],
    lines: [],
  };
}
