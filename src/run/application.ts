import type { Failure } from '../failures/failure.ts';
import { type Interface, interfaceOfVariable } from '../inspect/applications/judge.ts';
import { fromEnvironment, fromFile, type Source } from '../inspect/fact.ts';
import { nameOf } from '../inspect/paths.ts';
import type { RunFacts, ServingFacts, SetupFacts } from './facts.ts';
import type { Line, Rejected } from './launch.ts';
import type { Question } from './verdict.ts';

/** The application object that a server is to serve. */
export interface Application {
  /** As gunicorn takes it: `module`, `module:variable` or `module:factory()`. */
  readonly name: string;
  /** The protocol it speaks, as far as its source tells. */
  readonly interface: Interface | 'unknown';
  /** The folder in APP_HOME that has to be on Python's path. */
  readonly folder?: string;
  readonly why: string;
  readonly because: readonly Source[];
  /** What is worth saying about it. */
  readonly lines: readonly Line[];
}

export type ApplicationSearch =
  | { readonly found: 'yes'; readonly application: Application; readonly rejected: readonly Rejected[] }
  | { readonly found: 'no'; readonly rejected: readonly Rejected[] }
  | { readonly found: 'several'; readonly failure: Failure; readonly rejected: readonly Rejected[] }
  | { readonly found: 'ask'; readonly question: Question; readonly rejected: readonly Rejected[] };

/** What the incumbent would serve: APP_MODULE, wsgi.py, the name in setup.py (B50, B53, B54). */
export function findNamed(facts: RunFacts, serving: ServingFacts): ApplicationSearch {
  const named = facts.settings.text('APP_MODULE');
  if (named !== undefined) return judged(serving, appModule(facts, serving, named.value), []);
  const rejected: Rejected[] = [{ candidate: 'APP_MODULE', where: 'the environment', reason: 'not set' }];
  if (serving.wsgiPy) {
    return judged(serving, fromWsgiPy(serving), rejected);
  }
  rejected.push({ candidate: 'wsgi.py', where: facts.appHome.path, reason: 'not there' });
  const setup = fromSetup(serving.setup, serving.searched);
  if ('ask' in setup) return { found: 'ask', question: { about: 'setup', setup: setup.ask }, rejected };
  if ('application' in setup) return judged(serving, setup.application, rejected);
  return { found: 'no', rejected: [...rejected, setup.rejected] };
}

/** A server looks for `application`; where wsgi.py certainly has none, it is told what there is. */
function fromWsgiPy({ named }: ServingFacts): Omit<Application, 'interface'> {
  const { variable = 'application' } = named ?? {};
  const because = [fromFile('wsgi.py')];
  if (variable === 'application') return { name: 'wsgi', why: 'wsgi.py is there', because, lines: [] };
  return { name: `wsgi:${variable}`, why: `wsgi.py is there, with ${variable} and no application`, because, lines: [] };
}

/** Adds the protocol that the application's source shows; where its text does not, Python's parser is asked. */
function judged(
  { named, sources }: ServingFacts,
  application: Omit<Application, 'interface'>,
  rejected: readonly Rejected[],
): ApplicationSearch {
  if (named === undefined || named.plainly === 'wsgi') {
    return { found: 'yes', application: { ...application, interface: named?.plainly ?? 'unknown' }, rejected };
  }
  if (sources.answer === undefined) return { found: 'ask', question: { about: 'sources' }, rejected };
  const variable = application.name.split(':')[1] ?? 'application';
  const file = sources.answer.is === 'read' ? sources.answer.files[named.file] : undefined;
  return { found: 'yes', application: { ...application, interface: interfaceOfVariable(file, variable) ?? 'unknown' }, rejected };
}

/** A module that cannot be found is said, never refused: what the server does to the path is its own business. */
function appModule(
  facts: RunFacts,
  { appModule: place, similarModules, searched }: ServingFacts,
  name: string,
): Omit<Application, 'interface'> {
  const module = name.split(':')[0] ?? '';
  const similar = similarModules.length === 0 ? '' : ` There is ${similarModules.join(', ')}.`;
  const text = `APP_MODULE=${name}: there is no module ${module} in ${searched.join(', ')}.${similar}`;
  return {
    name,
    why: 'APP_MODULE names it',
    because: [facts.settings.text('APP_MODULE')?.source ?? fromEnvironment('APP_MODULE')],
    lines: place?.found === 'no' ? [{ level: 'warning', text }] : [],
  };
}

type FromSetup =
  | { readonly application: Omit<Application, 'interface'> }
  | { readonly rejected: Rejected }
  | { readonly ask: string };

function fromSetup(setup: SetupFacts | undefined, searched: readonly string[]): FromSetup {
  const candidate = 'setup.py';
  if (setup === undefined) return { rejected: { candidate, where: '$HOME and the folders in it', reason: 'not there' } };
  const where = setup.path;
  if (setup.name.is === 'not-asked') return { ask: setup.path };
  if (setup.name.is === 'no-answer') return { rejected: { candidate, where, reason: setup.name.reason } };
  const { name } = setup.name;
  const module = setup.module;
  if (module === undefined || module.place.found === 'no') {
    const sought = module?.name ?? name.value;
    return {
      rejected: {
        candidate,
        where,
        reason: `it is called ${name.value}, but there is no module ${sought} in ${searched.join(', ')}`,
      },
    };
  }
  if (!module.mayHaveApplication) {
    return {
      rejected: { candidate, where, reason: `it is called ${name.value}, but the module ${module.name} has no "application"` },
    };
  }
  const why = `${nameOf(setup.path)} is there and calls the project ${name.value}`;
  return { application: { name: module.name, why, because: [name.source], lines: [] } };
}
