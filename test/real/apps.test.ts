import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, test as anyTest, beforeAll, expect, onTestFinished } from 'vitest';
import { type AppCase, type RunExpectation, readApps } from '../support/app-case.ts';
import { type Application, prepareApplication } from '../support/application.ts';
import { missingPackages } from '../support/apt.ts';
import { describeUnless } from '../support/describe-unless.ts';
import { expectHealthy } from '../support/health.ts';
import { type HookEnd, runHook, type StartedHook, startHook } from '../support/hooks.ts';
import { anyUser, builder, canMount, isRoot } from '../support/machine.ts';
import { readOnlyRoot } from '../support/mounts.ts';
import { notForGroup } from '../support/permissions.ts';
import { uidOf } from '../support/processes.ts';
import { ask, end, expectHandedOver, expectWorkers, stop } from '../support/server.ts';
import { shout } from '../support/web-socket.ts';

/** What makes two folders one test: each application is assembled, run and asked as its case.json says. */
for (const app of readApps()) {
  const isLarge = app.needs.all !== undefined && process.env.S2I_TEST_ALL !== '1';
  describeUnless(isLarge ? 'only with bin/test --all' : undefined, `${app.name}: ${app.description}`, () => describeApp(app));
}

function describeApp(app: AppCase): void {
  const missing = missingPackages(app.needs.packages);
  // As root on Debian they could have been installed, so there it is a failure that they were not.
  const test = anyTest.runIf(missing.length === 0 || isRoot);
  let application: Application;
  let build: HookEnd;

  beforeAll(async () => {
    if (missing.length > 0 && !isRoot) return;
    expect(missing, 'Debian packages that case.json needs').toEqual([]);
    application = await prepareApplication(app);
    build = await assemble(application);
  });
  afterAll(() => application?.remove());

  test('is assembled', () => {
    expect(build.exit, build.log).toBe(app.assemble.exit);
    for (const line of app.assemble.log) expect(build.log).toContain(line);
    for (const line of app.assemble.notLog) expect(build.log).not.toContain(line);
    expect(app.assemble.noFiles.filter((name) => existsSync(join(application.sandbox.home, name)))).toEqual([]);
    expectTree(app, application);
  });

  const { run } = app;
  if (run === undefined) return;

  test('answers, and stops', () => serve(application, run, {}));

  if (run.readOnly !== undefined) {
    const { http } = run.readOnly;
    const environment = { ...run.readOnly.environment, TMPDIR: undefined };
    anyTest.runIf(canMount)('needs nothing but /tmp to write to', () =>
      serve(application, { ...run, log: [], files: [], http }, { environment, mounts: readOnlyRoot(application.sandbox) }),
    );
  }

  if (app.assemble.again) {
    test('[B24] [B28] can be assembled again, and answers alike', async () => {
      application.lay();
      const { exit, log } = await assemble(application);
      expect(exit, log).toBe(0);
      expectTree(app, application);
      await serve(application, { ...run, log: [] }, {});
    });
  }
}

function assemble({ sandbox, environment }: Application): Promise<HookEnd> {
  return runHook('assemble', sandbox, { environment });
}

function expectTree({ assemble }: AppCase, { sandbox }: Application): void {
  expect(assemble.files.filter((name) => !existsSync(join(sandbox.home, name)))).toEqual([]);
  // The walk over the permissions comes last.
  if (assemble.exit === 0) expect(notForGroup(sandbox.appRoot, builder.uid)).toEqual([]);
}

interface Start {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly mounts?: string;
}

async function serve(application: Application, run: RunExpectation, start: Start): Promise<void> {
  const { sandbox, environment, runEnvironment, port } = application;
  const variables = { ...environment, ...runEnvironment, ...start.environment };
  const mounts = start.mounts === undefined ? {} : { mounts: start.mounts };
  const server = startHook('run', sandbox, { environment: variables, ...mounts });
  onTestFinished(() => end(server));
  for (const { path, status, body } of run.http) {
    const page = await ask(server, port, path);
    for (const part of body) expect(page.body).toContain(part);
    expect(page.status).toBe(status);
  }
  for (const { path, send, receive } of run.webSocket) expect(await shout(port, path, send)).toBe(receive);
  await expectServer(server, port, run);
  expectHealthy(sandbox.home, { ...sandbox.environment, ...variables }, port);
  expect(run.files.filter((name) => !existsSync(join(sandbox.home, name)))).toEqual([]);
  expect(await stop(server, run.stop.signal, run.stop.withinSeconds), server.log()).toBe(run.stop.exit);
  for (const line of run.log) expect(server.log()).toContain(line);
  // Nothing changed since the build.
  expect(server.log()).not.toContain('assemble decided on is not used');
  for (const line of run.notLog) expect(server.log()).not.toContain(line);
}

async function expectServer(server: StartedHook, port: number, run: RunExpectation): Promise<void> {
  expect(uidOf(server.pid)).toBe(anyUser.uid);
  expectHandedOver(server, port, run.answeredBy);
  if (run.workers !== undefined) await expectWorkers(server, run.workers);
}
