import type { Server } from '../server.ts';
import { serveWithWaitress } from './launch.ts';

export const WAITRESS: Server = {
  name: 'waitress',
  requirement: 'waitress',
  distribution: 'waitress',
  program: 'waitress-serve',
  protocols: ['wsgi'],
  serve: serveWithWaitress,
};
