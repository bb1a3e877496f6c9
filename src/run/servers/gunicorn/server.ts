import type { Server } from '../server.ts';
import { serveWithGunicorn } from './launch.ts';

export const GUNICORN: Server = {
  name: 'gunicorn',
  requirement: 'gunicorn',
  distribution: 'gunicorn',
  program: 'gunicorn',
  protocols: ['wsgi'],
  serve: serveWithGunicorn,
};
