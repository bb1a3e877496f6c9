import type { Server } from '../server.ts';
import { serveWithGranian } from './launch.ts';

export const GRANIAN: Server = {
  name: 'granian',
  requirement: 'granian',
  distribution: 'granian',
  program: 'granian',
  protocols: ['asgi', 'wsgi'],
  serve: serveWithGranian,
};
