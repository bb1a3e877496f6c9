import type { Interface } from '../../inspect/applications/judge.ts';
import type { ServingFacts } from '../facts.ts';
import { DAPHNE } from './daphne/server.ts';
import { GRANIAN } from './granian/server.ts';
import { GUNICORN } from './gunicorn/server.ts';
import { HYPERCORN } from './hypercorn/server.ts';
import { MOD_WSGI } from './mod_wsgi/server.ts';
import type { Server } from './server.ts';
import { UVICORN } from './uvicorn/server.ts';
import { UWSGI } from './uwsgi/server.ts';
import { WAITRESS } from './waitress/server.ts';

/** In the order in which they are preferred; the incumbent's come first (B55), and APP_SERVER chooses another. */
export const SERVERS: readonly Server[] = [GUNICORN, MOD_WSGI, UVICORN, HYPERCORN, GRANIAN, DAPHNE, UWSGI, WAITRESS];

/** Whether a server can serve a protocol here: gunicorn needs uvicorn's worker for ASGI, or one that the user chose. */
export function canServe(serving: ServingFacts, server: Server, protocol: Interface | 'unknown'): boolean {
  if (protocol === 'unknown' || server.protocols.includes(protocol)) return true;
  return server.name === 'gunicorn' && (serving.uvicornWorker !== undefined || serving.workerClass === 'given');
}

/** The servers that are installed, in order of preference. */
export function installedServers({ servers }: ServingFacts): readonly Server[] {
  return SERVERS.filter(({ name }) => servers[name] !== undefined);
}
