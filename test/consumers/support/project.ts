import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { findFreePort } from '../../../src/cli/demo/serve.ts';
import type { AppCase } from '../../support/app-case.ts';
import { fillTemplates, startIndexOf } from '../../support/templates.ts';
import { temporaryDirectory } from '../../support/temporary.ts';

/** A copy of an application's source, as a consumer gets it. */
export interface Project {
  readonly source: string;
  /** Where its page is to be found: the containers use the network of the machine. */
  readonly port: number;
  /** Variables that the build is given. */
  readonly environment: Readonly<Record<string, string>>;
  /** What is added for the start. */
  readonly runEnvironment: Readonly<Record<string, string>>;
}

/**
 * Copies the source of an application of test/apps and fills in its placeholders, the address of pip's index among them; gone
 * when the test has finished.
 */
export async function copyProject(app: AppCase, packageIndex: string): Promise<Project> {
  const source = temporaryDirectory();
  cpSync(app.project, source, { recursive: true });
  const port = await findFreePort();
  const index = await startIndexOf(app);
  if (index !== undefined) onTestFinished(index.close);
  fillTemplates(app, source, { index: packageIndex, loopbackIndex: index?.url, port });
  return { source, port, environment: given(app), runEnvironment: app.run?.port === 'project' ? {} : { PORT: String(port) } };
}

/** Writes files into a source; folders above them are made. */
export function writeFiles(source: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(source, name)), { recursive: true });
    writeFileSync(join(source, name), text);
  }
}

/** What a case takes away (null) is not there in an image either. */
function given({ environment }: AppCase): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(environment).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}
