import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { findFreePort } from '../../src/cli/demo/serve.ts';
import { parseS2iEnvironment } from '../../src/inspect/s2i-environment.ts';
import type { AppCase } from './app-case.ts';
import { type LoopbackIndex, startIndex } from './loopback-index.ts';
import { builder } from './machine.ts';
import { makeWheel } from './packages.ts';
import { pipfileHash } from './pipfile.ts';
import { createSandbox, giveTree, laySource, type Sandbox } from './sandbox.ts';

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
  const index = app.index.length === 0 ? undefined : await startIndex(app.index.map(wheelOf));
  const sandbox = createSandbox({ venv: app.venv });
  const wanted = app.run?.port ?? 'environment';
  const port = typeof wanted === 'number' ? wanted : await findFreePort();
  const lay = () => {
    laySource(sandbox, app.project);
    fillTemplates(app, sandbox, port, index);
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

function wheelOf(package_: string): ReturnType<typeof makeWheel> {
  const [name = '', version = ''] = package_.split(' ');
  return makeWheel({ name, version });
}

function fillTemplates({ templates }: AppCase, sandbox: Sandbox, port: number, index: LoopbackIndex | undefined): void {
  for (const name of templates) {
    const path = join(sandbox.source, name);
    const filled = readFileSync(path, 'utf8')
      .replaceAll('@INDEX_URL@', inject('image').index)
      .replaceAll('@LOOPBACK_INDEX_URL@', index?.url ?? '')
      .replaceAll('@PORT@', String(port))
      .replaceAll('@PIPFILE_HASH@', () => pipfileHash(readFileSync(join(sandbox.source, 'Pipfile'), 'utf8')));
    writeFileSync(path, filled);
    giveTree(path, builder);
  }
}

function declared(sandbox: Sandbox): Readonly<Record<string, string>> {
  const file = join(sandbox.source, '.s2i/environment');
  return existsSync(file) ? parseS2iEnvironment(readFileSync(file, 'utf8')).variables : {};
}
