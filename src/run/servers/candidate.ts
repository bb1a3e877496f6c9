import type { Application } from '../application.ts';
import { findApplication } from '../application.ts';
import type { RunFacts, ServingFacts } from '../facts.ts';
import type { Rejected } from '../launch.ts';
import { fail, pass, type Verdict } from '../verdict.ts';
import { lastConfiguration } from './gunicorn/candidate.ts';
import { serveWithGunicorn } from './gunicorn/launch.ts';
import { serveWithModWsgi } from './mod_wsgi/launch.ts';

/** A WSGI server of its own. */
interface Server {
  readonly name: 'gunicorn' | 'mod_wsgi';
  /** What to write into requirements.txt. */
  readonly requirement: string;
  readonly version: (serving: ServingFacts) => string | undefined;
  readonly serve: (facts: RunFacts, application: Application) => Verdict;
}

/** In the order in which they are preferred; gunicorn wins unless APP_SERVER says otherwise. */
const SERVERS: readonly Server[] = [
  { name: 'gunicorn', requirement: 'gunicorn', version: ({ gunicorn }) => gunicorn, serve: serveWithGunicorn },
  { name: 'mod_wsgi', requirement: 'mod_wsgi', version: ({ modWsgi }) => modWsgi, serve: serveWithModWsgi },
];

/** A WSGI server that is installed, with the application that is found for it. */
export function wsgiServer(facts: RunFacts): Verdict {
  const { serving } = facts;
  if (serving === undefined) return pass();
  const wanted = facts.settings.text('APP_SERVER')?.value;
  const considered = SERVERS.filter((server) => wanted === undefined || server.name === wanted);
  const server = considered.find((one) => one.version(serving) !== undefined);
  if (server === undefined) return noServer(facts, considered, wanted);
  const missing = considered
    .slice(0, considered.indexOf(server))
    .map((one): Rejected => ({ candidate: one.name, where: 'PATH', reason: 'not installed' }));
  const search = findApplication(facts, serving);
  const rejected = [...missing, ...search.rejected];
  switch (search.found) {
    case 'ask':
      return { says: 'ask', setup: search.setup, rejected };
    case 'several':
      return { says: 'fail', failures: [search.failure], rejected };
    case 'no':
      return wanted === undefined ? pass(...rejected) : withoutApplication(facts, server, rejected);
    case 'yes': {
      const verdict = server.serve(facts, search.application);
      return { ...verdict, rejected: [...rejected, ...verdict.rejected, ...passedOver(serving, server)] };
    }
  }
}

function noServer(facts: RunFacts, considered: readonly Server[], wanted: string | undefined): Verdict {
  const [first] = considered;
  if (wanted !== undefined && first !== undefined) {
    return fail({ kind: 'server-not-installed', server: first.name, requirement: first.requirement });
  }
  const named = facts.settings.text('APP_MODULE');
  const servers = considered.map((one): Rejected => ({ candidate: one.name, where: 'PATH', reason: 'not installed' }));
  if (named === undefined) return pass(...servers);
  return pass({ candidate: 'APP_MODULE', where: named.value, reason: 'no server that could serve it is installed' }, ...servers);
}

/** APP_SERVER is the user's word: Django's development server is no substitute. */
function withoutApplication(facts: RunFacts, server: Server, rejected: readonly Rejected[]): Verdict {
  const last = server.name === 'gunicorn' ? lastConfiguration(facts) : pass();
  if (last.says === 'take') return { ...last, rejected };
  return { says: 'fail', failures: [{ kind: 'server-without-application', server: server.name }], rejected };
}

function passedOver(serving: ServingFacts, chosen: Server): readonly Rejected[] {
  return SERVERS.slice(SERVERS.indexOf(chosen) + 1)
    .filter((one) => one.version(serving) !== undefined)
    .map((one) => ({
      candidate: one.name,
      where: 'PATH',
      reason: `${chosen.name} comes first; APP_SERVER=${one.name} would choose it`,
    }));
}
