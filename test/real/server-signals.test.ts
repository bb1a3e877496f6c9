import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { assemble } from '../support/hooks.ts';
import { isRoot } from '../support/machine.ts';
import { createSandbox, type Sandbox, writeSource } from '../support/sandbox.ts';
import { allProjects, observe, requestDuring, updating, type Way } from './signal-observe.ts';
import { comparable, expected, expectedFlight, type Flight, type Row, writePage } from './signal-table.ts';

/**
 * What becomes of signals and of requests in flight, for each server that is given an application: docs/signals.md. Every
 * signal is tried with `bin/test --all`; a request in flight always.
 */
const isWhole = updating || process.env.S2I_TEST_ALL === '1';

/** A module alone, which means its `application` whatever the server takes it for. */
const alone = { APP_MODULE: 'asgi' };
const ways: readonly Way[] = [
  { launch: 'uvicorn', project: 'asgi', environment: { APP_SERVER: 'uvicorn', ...alone } },
  { launch: 'uvicorn, 2 workers', project: 'asgi', environment: { APP_SERVER: 'uvicorn', WEB_CONCURRENCY: '2' } },
  { launch: "gunicorn with uvicorn's worker", project: 'asgi', environment: { APP_SERVER: 'gunicorn' } },
  { launch: 'hypercorn', project: 'asgi', environment: { APP_SERVER: 'hypercorn', ...alone } },
  { launch: 'granian', project: 'asgi', environment: { APP_SERVER: 'granian', ...alone } },
  { launch: 'daphne', project: 'asgi', environment: { APP_SERVER: 'daphne', ...alone } },
  { launch: 'waitress', project: 'wsgi', environment: { APP_SERVER: 'waitress' } },
  { launch: 'uwsgi', project: 'wsgi', environment: { APP_SERVER: 'uwsgi' } },
];
const others: readonly Way[] = [
  { launch: 'web of Procfile', project: 'procfile' },
  ...(isWhole ? [{ launch: 'streamlit', project: 'streamlit' } as const] : []),
];

const requirements = ['uvicorn', 'gunicorn', 'uvicorn-worker', 'hypercorn', 'granian', 'daphne', 'waitress', 'pyuwsgi'];

let sandbox: Sandbox;
const rows: Row[] = [];
const flights: Flight[] = [];

describe.runIf(isRoot)('as process 1', () => {
  beforeAll(async () => {
    sandbox = createSandbox();
    const wanted = [...requirements, ...(isWhole ? ['streamlit'] : [])];
    writeSource(sandbox, { ...allProjects(), 'requirements.txt': `${wanted.join('\n')}\n` });
    await assemble(sandbox, { environment: { ...inject('image').pip, S2I_START_CHECK: 'off' } });
  });
  afterAll(() => {
    sandbox?.remove();
    if (updating) writePage(rows, flights);
  });

  test.each(isWhole ? [...ways, ...others] : others)('[B64] $launch', async (way) => {
    const seen = await observe(sandbox, way);
    rows.push(...seen);
    if (!updating) expect(seen.map(comparable)).toEqual(expected(way.launch).map(comparable));
  });

  test.each(ways)('[B65] a request in flight: $launch', async (way) => {
    const slow = await requestDuring(sandbox, way);
    process.kill(slow.started.server.pid, 'SIGTERM');
    const request = await slow.request;
    const end = await slow.started.server.ended;
    const impatient = { ...way, environment: { ...way.environment, S2I_GRACE_PERIOD: '1' } };
    const stuck = await requestDuring(sandbox, impatient, '/stuck');
    process.kill(stuck.started.server.pid, 'SIGTERM');
    const flight = { launch: way.launch, request, end: String(end), stuck: await stuck.request };
    await stuck.started.server.ended;
    flights.push(flight);
    if (!updating) expect(flight).toEqual(expectedFlight(way.launch));
  });
});
