import type { Application, ApplicationSearch } from '../application.ts';
import { findNamed } from '../application.ts';
import { discoverApplication } from '../discover.ts';
import type { RunFacts, ServingFacts } from '../facts.ts';
import type { Rejected } from '../launch.ts';
import { fail, pass, type Verdict } from '../verdict.ts';
import { findDjangoApplication, wantsAsgi } from './django/application.ts';
import { lastConfiguration } from './gunicorn/candidate.ts';
import { canServe, installedServers, SERVERS } from './registry.ts';
import type { Server } from './server.ts';

/** What the incumbent would serve (B50): an application that a setting, wsgi.py or setup.py names. */
export function named(facts: RunFacts): Verdict {
  const { serving } = facts;
  if (serving === undefined) return pass();
  const servers = considered(facts, serving);
  if (servers.length === 0) return noServer(facts);
  return answer(facts, serving, findNamed(facts, serving));
}

/** Where the incumbent has nothing, or only Django's development server: an application that is found. */
export function found(facts: RunFacts): Verdict {
  const { serving } = facts;
  if (serving === undefined) return pass();
  const servers = considered(facts, serving);
  const django = servers.length === 0 ? undefined : findDjango(facts, serving, servers);
  if (django !== undefined && django.found !== 'no') return answer(facts, serving, django);
  const rejected = django?.rejected ?? [];
  const search: ApplicationSearch =
    serving.sources.files.length === 0 && serving.sources.entrypoint === undefined && serving.managePy
      ? { found: 'no', rejected: [] }
      : discoverApplication(facts, serving);
  if (search.found === 'yes' && servers.length === 0) return unserved(search.application, [...rejected, ...search.rejected]);
  const verdict = answer(facts, serving, { ...search, rejected: [...rejected, ...search.rejected] });
  const [first] = servers;
  if (verdict.says !== 'pass' || first === undefined || facts.settings.text('APP_SERVER') === undefined) return verdict;
  return withoutApplication(facts, first, verdict.rejected);
}

/** APP_SERVER leaves one, installed or not installed; without it everything that is installed counts. */
function considered(facts: RunFacts, serving: ServingFacts): readonly Server[] {
  const wanted = facts.settings.text('APP_SERVER')?.value;
  return installedServers(serving).filter(({ name }) => wanted === undefined || name === wanted);
}

/** WSGI, as the incumbent would have it, unless the settings ask for ASGI or only that can be served. */
function findDjango(facts: RunFacts, serving: ServingFacts, servers: readonly Server[]): ApplicationSearch {
  const served = (['wsgi', 'asgi'] as const).filter((protocol) => servers.some((server) => canServe(serving, server, protocol)));
  const order = wantsAsgi(serving) ? [...served].reverse() : served;
  const rejected: Rejected[] = [];
  for (const protocol of order) {
    const search = findDjangoApplication(facts, serving, protocol);
    if (search.found !== 'no') return { ...search, rejected: [...rejected, ...search.rejected] };
    rejected.push(...search.rejected.filter((one) => rejected.every(({ candidate }) => candidate !== one.candidate)));
  }
  return { found: 'no', rejected };
}

function answer(facts: RunFacts, serving: ServingFacts, search: ApplicationSearch): Verdict {
  switch (search.found) {
    case 'ask':
      return { says: 'ask', question: search.question, rejected: search.rejected };
    case 'several':
      return { says: 'fail', failures: [search.failure], rejected: search.rejected };
    case 'no':
      return pass(...search.rejected);
    case 'yes': {
      const verdict = serve(facts, serving, search.application);
      return { ...verdict, rejected: [...search.rejected, ...verdict.rejected] };
    }
  }
}

/** The first server that speaks the application's protocol; one that does not is never started with it. */
function serve(facts: RunFacts, serving: ServingFacts, found: Application): Verdict {
  const application = withImported(serving, found);
  const servers = considered(facts, serving);
  const chosen = servers.find((server) => canServe(serving, server, application.interface));
  if (chosen === undefined) {
    const installed = servers.map(({ name }) => name);
    return fail({ kind: 'no-server-for-protocol', application: application.name, protocol: application.interface, installed });
  }
  const others = installedServers(serving).filter((one) => one !== chosen);
  const rejected = others.map(
    (one): Rejected => ({ candidate: one.name, where: 'PATH', reason: whyNot(facts, serving, chosen, one, application) }),
  );
  const verdict = chosen.serve(facts, application);
  return { ...verdict, rejected: [...verdict.rejected, ...rejected] };
}

/** What the source does not tell, the import may have told. */
function withImported({ imported }: ServingFacts, application: Application): Application {
  if (application.interface !== 'unknown' || imported?.application !== application.name) return application;
  return { ...application, interface: imported.protocol };
}

function whyNot(
  facts: RunFacts,
  serving: ServingFacts,
  chosen: Server,
  other: Server,
  { interface: protocol }: Application,
): string {
  if (!canServe(serving, other, protocol)) {
    const needed = other.name === 'gunicorn' ? ' without uvicorn-worker' : '';
    return `it cannot serve ${protocol.toUpperCase()}${needed}`;
  }
  if (facts.settings.text('APP_SERVER') !== undefined) return `APP_SERVER=${chosen.name}`;
  return `${chosen.name} comes first; APP_SERVER=${other.name} would choose it`;
}

const NOT_INSTALLED: Rejected = {
  candidate: 'a server',
  where: 'PATH',
  reason: `none is installed: ${SERVERS.map(({ name }) => name).join(', ')}`,
};

function noServer(facts: RunFacts): Verdict {
  const wanted = facts.settings.text('APP_SERVER')?.value;
  const server = SERVERS.find(({ name }) => name === wanted);
  if (server !== undefined) return fail({ kind: 'server-not-installed', server: server.name, requirement: server.requirement });
  const module = facts.settings.text('APP_MODULE');
  if (module === undefined) return pass(NOT_INSTALLED);
  return pass(
    { candidate: 'APP_MODULE', where: module.value, reason: 'no server that could serve it is installed' },
    NOT_INSTALLED,
  );
}

function unserved({ name, interface: protocol, why }: Application, rejected: readonly Rejected[]): Verdict {
  const reason = `${why}, and no server for ${protocol === 'unknown' ? 'it' : protocol.toUpperCase()} is installed`;
  return pass(...rejected, { candidate: name, where: '', reason });
}

/** APP_SERVER is the user's word: Django's development server is no substitute. */
function withoutApplication(facts: RunFacts, server: Server, rejected: readonly Rejected[]): Verdict {
  const last = server.name === 'gunicorn' ? lastConfiguration(facts) : pass();
  if (last.says === 'take') return { ...last, rejected };
  return { says: 'fail', failures: [{ kind: 'server-without-application', server: server.name }], rejected };
}
