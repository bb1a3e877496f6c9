import type { Server } from '../server.ts';
import { serveWithUvicorn } from './launch.ts';

export const UVICORN: Server = {
  name: 'uvicorn',
  requirement: 'uvicorn',
  distribution: 'uvicorn',
  program: 'uvicorn',
  protocols: ['asgi'],
  serve: serveWithUvicorn,
};
