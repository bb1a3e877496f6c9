import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { findFreePort } from '../../src/cli/demo/serve.ts';
import { parseS2iEnvironment } from '../../src/inspect/s2i-environment.ts';
import type { AppCase } from './app-case.ts';
import { builder } from './machine.ts';
import { createSandbox, giveTree, laySource, type Sandbox } from './sandbox.ts';
import { fillTemplates, startIndexOf } from './templates.ts';

/** An application of `test/apps` in a sandbox of its own. */
export interface Application {
  readonly sandbox: Sandbox;
  /** Where its page is to be found. */
  readonly port: number;
  /** Variables of the build: the image's, `.s2i/environment` as s2i reads it, the case's. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What is added for the start. */
  readonly runEnvironment: Readonly<Record<string, string>>;
  /** Lays the source into the destination, as for each build. */
  readonly lay: () => void;
  readonly remove: () => Promise<void>;
}

export async function prepareApplication(app: AppCase): Promise<Application> {
  const index = await startIndexOf(app);
  const sandbox = createSandbox({ venv: app.venv });
  const wanted = app.run?.port ?? 'environment';
  const port = typeof wanted === 'number' ? wanted : await findFreePort();
  const lay = () => {
    laySource(sandbox, app.project);
    const values = { index: inject('image').index, loopbackIndex: index?.url, port };
    for (const path of fillTemplates(app, sandbox.source, values)) giveTree(path, builder);
  };
  lay();
  const environment = { ...sandbox.environment, ...inject('image').pip, ...declared(sandbox), ...given(app) };
  return {
    sandbox,
    port,
    environment,
    runEnvironment: wanted === 'environment' ? { PORT: String(port) } : {},
    lay,
    remove: async () => {
      await index?.close();
      sandbox.remove();
    },
  };
}

function given({ environment }: AppCase): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, value ?? undefined]));
}

function declared(sandbox: Sandbox): Readonly<Record<string, string>> {
  const file = join(sandbox.source, '.s2i/environment');
  return existsSync(file) ? parseS2iEnvironment(readFileSync(file, 'utf8')).variables : {};
}
