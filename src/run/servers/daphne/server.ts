import type { Server } from '../server.ts';
import { serveWithDaphne } from './launch.ts';

export const DAPHNE: Server = {
  name: 'daphne',
  requirement: 'daphne',
  distribution: 'daphne',
  program: 'daphne',
  protocols: ['asgi'],
  serve: serveWithDaphne,
};
