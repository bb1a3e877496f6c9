import type { Server } from '../server.ts';
import { serveWithHypercorn } from './launch.ts';

export const HYPERCORN: Server = {
  name: 'hypercorn',
  requirement: 'hypercorn',
  distribution: 'hypercorn',
  program: 'hypercorn',
  protocols: ['asgi', 'wsgi'],
  serve: serveWithHypercorn,
};
