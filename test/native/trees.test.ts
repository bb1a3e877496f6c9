import { expect, inject, onTestFinished, test } from 'vitest';
import { wantsAll } from '../engine/support/machine.ts';
import { type AppCase, readApps } from '../support/app-case.ts';
import { type Application, prepareApplication } from '../support/application.ts';
import { missingPackages } from '../support/apt.ts';
import { runHook } from '../support/hooks.ts';
import { renewSandbox } from '../support/sandbox.ts';
import { builtTree, differences, type Snapshot } from '../support/snapshot.ts';
import { describeNative } from './support/native.ts';

/** One of each way to install; bin/test --all takes every application. */
const few = ['app-py', 'django', 'flask-gunicorn', 'setup-cfg'];

interface Built {
  readonly exit: number | string;
  readonly lines: readonly string[];
  readonly tree: Snapshot;
}

/** Builds an application from nothing with the hooks of a folder. */
async function build(app: AppCase, application: Application, hooks: string): Promise<Built> {
  renewSandbox(application.sandbox, { venv: app.venv });
  application.lay();
  const { sandbox, environment } = application;
  const { exit, log } = await runHook('assemble', sandbox, { environment, hooks });
  return { exit, lines: log.split('\n').filter((line) => line.startsWith('---> ')), tree: builtTree(sandbox) };
}

describeNative('an application that is built by both hosts', () => {
  const apps = readApps().filter(({ name, needs }) => {
    return (wantsAll || few.includes(name)) && missingPackages(needs.packages).length === 0;
  });

  test.each(apps.map((app) => [app.name, app] as const))('%s: has the same tree', async (_name, app) => {
    const application = await prepareApplication(app);
    onTestFinished(application.remove);
    const node = await build(app, application, inject('image').nodeHooks);
    const native = await build(app, application, inject('image').hooks);
    expect({ exit: native.exit, lines: native.lines }).toEqual({ exit: node.exit, lines: node.lines });
    expect(differences(node.tree, native.tree)).toEqual([]);
    expect(Object.keys(native.tree).length).toBeGreaterThan(0);
  });
});
