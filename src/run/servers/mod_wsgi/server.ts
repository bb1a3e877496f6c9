import type { Server } from '../server.ts';
import { serveWithModWsgi } from './launch.ts';

export const MOD_WSGI: Server = {
  name: 'mod_wsgi',
  requirement: 'mod_wsgi',
  distribution: 'mod-wsgi',
  program: 'mod_wsgi-express',
  protocols: ['wsgi'],
  serve: serveWithModWsgi,
};
