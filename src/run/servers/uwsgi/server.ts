import type { Server } from '../server.ts';
import { serveWithUwsgi } from './launch.ts';

/** The distributions uWSGI and pyuwsgi both bring the program. */
export const UWSGI: Server = {
  name: 'uwsgi',
  requirement: 'pyuwsgi',
  distribution: 'uwsgi',
  program: 'uwsgi',
  protocols: ['wsgi'],
  serve: serveWithUwsgi,
};
