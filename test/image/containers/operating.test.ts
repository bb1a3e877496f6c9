import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { findFreePort } from '../../../src/cli/demo/serve.ts';
import { writeFiles } from '../../consumers/support/project.ts';
import { serve } from '../../consumers/support/serve.ts';
import { type StartedContainer, startContainer } from '../../engine/support/containers.ts';
import { describeWithEngine } from '../../engine/support/describe-with-engine.ts';
import { openEngine } from '../../engine/support/engines.ts';
import { checkHealth } from '../../engine/support/exec.ts';
import { wantsAll } from '../../engine/support/machine.ts';
import { repository } from '../../engine/support/places.ts';
import { createPostgres, type Postgres } from '../../support/postgres.ts';
import { shop } from '../../support/shop.ts';
import { temporaryDirectory } from '../../support/temporary.ts';
import { readRecipes } from '../support/page.ts';
import { inContainer, programs } from './support/images.ts';
import { buildRecipe } from './support/recipes.ts';

/** Where the check of health is shown: in the full and the micro image, and by `bin/test --all` in the minimal one. */
const RECIPES = ['copy.Dockerfile', ...(wantsAll ? ['minimal.Dockerfile'] : []), 'full-to-micro.Dockerfile'];

/** Answers /healthz as long as no page was asked for that breaks it. */
const FRAGILE = {
  'requirements.txt': 'gunicorn==23.0.0\n',
  'wsgi.py': `broken = False


def application(environ, start_response):
    global broken
    broken = broken or environ["PATH_INFO"] == "/break"
    start_response("503 Service Unavailable" if broken else "200 OK", [])
    return [b"broken" if broken else b"whole"]
`,
};

type Files = Readonly<Record<string, string>>;

type Built = Pick<Awaited<ReturnType<typeof buildRecipe>>, 'image' | 'log'>;

function build(file: string, project: Files, adapt: (dockerfile: string) => string): Promise<Built> {
  const recipe = readRecipes().find((one) => one.file === file);
  if (recipe === undefined) throw new Error(`the page has no ${file}`);
  const folder = temporaryDirectory();
  writeFiles(folder, project);
  for (const name of Object.keys(project)) chmodSync(join(folder, name), name.startsWith('.s2i/hooks/') ? 0o755 : 0o644);
  // podman keeps HEALTHCHECK in this format only.
  const command = recipe.command.replace('podman build', 'podman build --format docker');
  return buildRecipe({ recipe: { ...recipe, command }, project: folder, python: '3.13', adapt });
}

describeWithEngine('the check of health that docs/health.md shows', { programs }, () => {
  test.each(RECIPES)('is asked by podman: an application by %s', async (file) => {
    const [, example = ''] = /```dockerfile\n([\s\S]*?)```/.exec(readFileSync(join(repository, 'docs/health.md'), 'utf8')) ?? [];
    expect(example).toContain('HEALTHCHECK');
    const { image } = await build(file, FRAGILE, (text) => `${text}\n${example}`);
    const port = await findFreePort();
    const request = { image, user: '12345:0', passwd: 'image', rootFilesystem: 'read-only', temporary: ['/tmp'] } as const;
    const environment = { PORT: String(port), WEB_CONCURRENCY: '1' };
    const run = {
      http: [{ path: '/', status: 200, body: ['whole'] }],
      log: [],
      notLog: [],
      stop: { signal: 'SIGTERM', withinSeconds: 10, exit: 0 },
    } as const;
    await serve(await openEngine('podman'), { ...request, environment }, port, run, async ({ name }) => {
      expect(await checkHealth(name)).toEqual({ status: 0, log: '' });
      await fetch(`http://127.0.0.1:${port}/break`);
      expect(await checkHealth(name)).toEqual({ status: 1, log: 'unhealthy' });
    });
  });
});

/** One hook of each kind; the last one runs where there is no shell. */
const HOOKED = {
  'requirements.in': 'gunicorn==23.0.0\n',
  'wsgi.py': `import made


def application(environ, start_response):
    start_response("200 OK", [])
    return [made.TEXT.encode()]
`,
  '.s2i/hooks/pre-install': '#!/bin/sh\ncp requirements.in requirements.txt\n',
  '.s2i/hooks/post-install': '#!/usr/bin/env python\nopen("made.py", "w").write("TEXT = \'made\'\\n")\n',
  '.s2i/hooks/verify': '#!/bin/sh\nexec python -c "import gunicorn, made"\n',
  '.s2i/hooks/pre-run': '#!/opt/app-root/bin/python\nimport gunicorn\nprint("before gunicorn", gunicorn.__version__)\n',
};

describeWithEngine('hooks of a project', { programs }, () => {
  test('run while the image is built, and before the server on the micro image, by Python', async () => {
    const { image, log } = await build('full-to-micro.Dockerfile', HOOKED, (text) => text);
    for (const name of ['pre-install', 'post-install', 'verify']) expect(log).toContain(`---> Running .s2i/hooks/${name} ...`);
    const port = await findFreePort();
    const request = { image, user: '12345:0', passwd: 'image', rootFilesystem: 'read-only', temporary: ['/tmp'] } as const;
    await serve(await openEngine('podman'), { ...request, environment: { PORT: String(port) } }, port, {
      http: [{ path: '/', status: 200, body: ['made'] }],
      log: ['---> Running .s2i/hooks/pre-run ...', 'before gunicorn 23.0.0', 'pre-run took '],
      notLog: [],
      stop: { signal: 'SIGTERM', withinSeconds: 10, exit: 0 },
    });
  });
});

describeWithEngine('migrations on the micro image, with a PostgreSQL beside it', { programs }, () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await createPostgres();
    await postgres.start();
  });
  afterAll(() => postgres?.remove());

  const readOnly = { user: '100001:0', passwd: 'image', rootFilesystem: 'read-only', temporary: ['/tmp'] } as const;

  test('of two replicas that start at once one migrates, both serve; the command finds nothing left to do', async () => {
    const { image } = await build('full-to-micro.Dockerfile', shop, (text) =>
      text.replace('AS build', 'AS build\nENV DATABASE_URL=sqlite:/nowhere'),
    );
    const podman = await openEngine('podman');
    postgres.query('postgres', 'CREATE DATABASE replicas');
    const DATABASE_URL = postgres.url('replicas');
    const replicas = await Promise.all(
      [1, 2].map(async () => {
        const port = await findFreePort();
        const settings = { S2I_MIGRATE: 'lock', PAUSE: '3', PORT: String(port), WEB_CONCURRENCY: '1' };
        const container = startContainer(podman, { ...readOnly, image, environment: { ...settings, DATABASE_URL } });
        return { port, container };
      }),
    );
    for (const { port, container } of replicas) await expectPage(port, container, '1 item');
    const logs = replicas.map(({ container }) => container.log());
    expect(logs.filter((log) => log.includes('Applying shop.0001_initial...'))).toHaveLength(1);
    expect(logs.filter((log) => log.includes('No migrations to apply.'))).toHaveLength(1);
    for (const { container } of replicas) {
      await container.signal('SIGTERM');
      expect(await container.ended, container.log()).toBe(0);
    }
    const migrate = await inContainer(image, ['/usr/libexec/s2i/migrate'], { ...readOnly, environment: { DATABASE_URL } });
    expect(migrate.status, migrate.log).toBe(0);
    expect(migrate.log).toContain('No migrations to apply.');
  });

  test('a database that does not answer ends the command with 75, and the password is not printed', async () => {
    const { image } = await build('full-to-micro.Dockerfile', shop, (text) =>
      text.replace('AS build', 'AS build\nENV DATABASE_URL=sqlite:/nowhere'),
    );
    await postgres.stop();
    onTestFinished(postgres.start);
    const environment = { DATABASE_URL: postgres.url('postgres'), S2I_DATABASE_TIMEOUT: '1' };
    const { status, log } = await inContainer(image, ['/usr/libexec/s2i/migrate'], { ...readOnly, environment });
    expect([status, log]).toEqual([75, expect.stringContaining('ERROR: The database did not answer within 1 s.')]);
    expect(log).not.toContain(encodeURIComponent(postgres.password));
    expect(log).not.toContain(postgres.password);
  });
});

async function expectPage(port: number, container: StartedContainer, body: string): Promise<void> {
  const page = () => fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text(), String);
  await expect.poll(page, { timeout: 60_000, interval: 200, message: container.log() }).toBe(body);
}
