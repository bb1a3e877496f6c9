import type { Failure } from '../failures/failure.ts';
import { fromEnvironment, fromFile, type Source } from '../inspect/fact.ts';
import { nameOf } from '../inspect/paths.ts';
import type { RunFacts, ServingFacts, SetupFacts } from './facts.ts';
import type { Line, Rejected } from './launch.ts';
import { findDjangoApplication } from './servers/django/application.ts';

/** The WSGI application that a server is to serve. */
export interface Application {
  /** As gunicorn takes it: `module` or `module:variable`. */
  readonly name: string;
  readonly why: string;
  readonly because: readonly Source[];
  /** What is worth saying about it. */
  readonly lines: readonly Line[];
}

export type ApplicationSearch =
  | { readonly found: 'yes'; readonly application: Application; readonly rejected: readonly Rejected[] }
  | { readonly found: 'no'; readonly rejected: readonly Rejected[] }
  | { readonly found: 'several'; readonly failure: Failure; readonly rejected: readonly Rejected[] }
  /** setup.py has to be asked for the project's name. */
  | { readonly found: 'ask'; readonly setup: string; readonly rejected: readonly Rejected[] };

/** APP_MODULE, wsgi.py, the name in setup.py (B50, B53, B54), then Django's WSGI module (B61 bettered). */
export function findApplication(facts: RunFacts, serving: ServingFacts): ApplicationSearch {
  const named = facts.settings.text('APP_MODULE');
  if (named !== undefined) return found(appModule(facts, serving, named.value), []);
  const rejected: Rejected[] = [{ candidate: 'APP_MODULE', where: 'the environment', reason: 'not set' }];
  if (serving.wsgiPy) {
    const why = 'wsgi.py is there';
    return found({ name: 'wsgi', why, because: [fromFile('wsgi.py')], lines: [] }, rejected);
  }
  rejected.push({ candidate: 'wsgi.py', where: facts.appHome.path, reason: 'not there' });
  const setup = fromSetup(serving.setup, serving.searched);
  if ('ask' in setup) return { found: 'ask', setup: setup.ask, rejected };
  if ('application' in setup) return found(setup.application, rejected);
  rejected.push(setup.rejected);
  const django = findDjangoApplication(facts, serving);
  return { ...django, rejected: [...rejected, ...django.rejected] };
}

function found(application: Application, rejected: readonly Rejected[]): ApplicationSearch {
  return { found: 'yes', application, rejected };
}

/** A module that cannot be found is said, never refused: what the server does to the path is its own business. */
function appModule(facts: RunFacts, { appModule: place, similarModules, searched }: ServingFacts, name: string): Application {
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

type FromSetup = { readonly application: Application } | { readonly rejected: Rejected } | { readonly ask: string };

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
