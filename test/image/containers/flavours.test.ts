import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { findFreePort } from '../../../src/cli/demo/serve.ts';
import { HOOKS_ARGUMENT } from '../../../src/image/native/hooks.ts';
import { parseS2iEnvironment } from '../../../src/inspect/s2i-environment.ts';
import { pairsIn, pairsOf } from '../../consumers/support/pairwise.ts';
import { copyProject } from '../../consumers/support/project.ts';
import { expectSaid } from '../../consumers/support/said.ts';
import { serve } from '../../consumers/support/serve.ts';
import { startsOf } from '../../consumers/support/starts.ts';
import { describeWithEngine } from '../../engine/support/describe-with-engine.ts';
import { openEngine } from '../../engine/support/engines.ts';
import { execIn } from '../../engine/support/exec.ts';
import { buildImageOf, distributions } from '../../engine/support/full-images.ts';
import { wantsAll } from '../../engine/support/machine.ts';
import { packageIndex } from '../../engine/support/package-index.ts';
import { type AppCase, readApps } from '../../support/app-case.ts';
import { temporaryDirectory } from '../../support/temporary.ts';
import { readRecipes } from '../support/page.ts';
import { type Cell, cellsOf, dimensionsOf, recipeOf } from './support/flavours.ts';
import { inContainer, programs, users } from './support/images.ts';
import { buildRecipe } from './support/recipes.ts';

const apps = readApps();
const releases = distributions.map(({ release }) => release);
const cells = cellsOf(apps, releases, wantsAll ? 'all' : 'plain');

test('every two values of different dimensions meet in a combination that an application is served in', () => {
  const served = new Set(cells.flatMap(({ combination }) => pairsIn(combination)));
  expect(pairsOf(dimensionsOf(releases)).filter((pair) => !served.has(pair))).toEqual([]);
});

describeWithEngine('applications in each image', { programs }, () => {
  beforeAll(async () => {
    for (const distribution of distributions) {
      const tag = `localhost/${nativeName(distribution.python)}`;
      await buildImageOf(distribution, 'full', { arguments: { [HOOKS_ARGUMENT]: 'native' }, tags: [tag] });
    }
  });

  test.each(cells.map((cell) => [titleOf(cell), cell] as const))('%s', async (_title, { app, combination }) => {
    const index = app.templates.length === 0 ? '' : await packageIndex();
    const { source, port, runEnvironment, environment } = await copyProject(app, index);
    const { image, log } = await buildRecipe({
      recipe: recipeNamed(recipeOf(app, combination.image)),
      project: source,
      python: pythonOf(combination.release),
      adapt: (text) =>
        withVariables(combination.image === 'full/native' ? onNativeHooks(text) : text, {
          ...declaredIn(source),
          ...environment,
        }),
    });
    expectSaid(app, log, combination.image === 'minimal/native' ? 'fetched' : 'packed');
    const podman = await openEngine('podman');
    for (const start of startsOf(app, { ...combination, init: 'default' })) {
      const request = { ...start.request, image, environment: { ...runEnvironment, ...start.environment } };
      await serve(podman, { ...request, passwd: 'image' }, port, start.run, async ({ name }) =>
        expect(await execIn(name, '/usr/libexec/s2i/healthcheck')).toEqual(healthyOn(port)),
      );
    }
  });

  test('Django migrates and serves on the micro image, read-only, as every user, with its database in /tmp', async () => {
    const { run } = appNamed('django');
    if (run === undefined) throw new Error('django is not started');
    const recipe = recipeNamed('full-to-micro.Dockerfile');
    const { image } = await buildRecipe({ recipe, project: withDatabaseInTemporary(), python: '3.13' });
    for (const user of users) {
      const port = await findFreePort();
      const manner = { user, passwd: 'image', rootFilesystem: 'read-only', temporary: ['/tmp'] } as const;
      await serve(await openEngine('podman'), { image, ...manner, environment: { PORT: String(port) } }, port, run);
    }
  });
});

describeWithEngine('applications that the micro image is not for', { programs, when: 'all' }, () => {
  test('mod_wsgi is refused by the micro image, which names the one that can', async () => {
    const recipe = recipeNamed('full-to-micro.Dockerfile');
    const { image } = await buildRecipe({ recipe, project: appNamed('mod-wsgi').project, python: '3.13' });
    const { status, log } = await inContainer(image, ['/usr/libexec/s2i/run']);
    expect(status).not.toBe(0);
    expect(log).toContain('this is a micro image');
    expect(log).toContain('FROM s2i-python:3.13-minimal');
  });
});

function titleOf({ app, combination }: Cell): string {
  const { image, user, root, release } = combination;
  const tags = app.items.map((item) => `[B${item}]`).join(' ');
  return `${app.name}: ${image}, user ${user}, root ${root}, ${release} ${tags}`.trimEnd();
}

/** Nothing is told about the port: it has to be found as in a probe. */
function healthyOn(port: number): { readonly status: number; readonly log: string } {
  return { status: 0, log: `OK: port ${port} accepts connections` };
}

/** The full image whose hooks are the executable, as one that people build by the argument. */
function nativeName(python: string): string {
  return `s2i-python:${python}-full-hooks-native`;
}

function onNativeHooks(dockerfile: string): string {
  return dockerfile.replace(/^FROM s2i-python:([\d.]+)$/gm, (_line, python) => `FROM ${nativeName(python)}`);
}

/** What s2i would make of the project's own file; a Dockerfile has to say it. */
function declaredIn(source: string): Readonly<Record<string, string>> {
  const file = join(source, '.s2i/environment');
  return existsSync(file) ? parseS2iEnvironment(readFileSync(file, 'utf8')).variables : {};
}

/** The variables of a build and of the image that it makes, in every stage. */
function withVariables(dockerfile: string, variables: Readonly<Record<string, string>>): string {
  const lines = Object.entries(variables).map(([name, value]) => `\nENV ${name}="${value.replace(/["$\\]/g, '\\$&')}"`);
  return dockerfile.replace(/^FROM .*$/gm, (line) => `${line}${lines.join('')}`);
}

function withDatabaseInTemporary(): string {
  const project = temporaryDirectory();
  cpSync(appNamed('django').project, project, { recursive: true });
  const settings = join(project, 'project/settings.py');
  const text = readFileSync(settings, 'utf8');
  expect(text).toContain('BASE_DIR / "db.sqlite3"');
  writeFileSync(settings, text.replace('BASE_DIR / "db.sqlite3"', '"/tmp/db.sqlite3"'));
  return project;
}

function pythonOf(release: string): string {
  const found = distributions.find((one) => one.release === release);
  if (found === undefined) throw new Error(`no images of ${release} are built now`);
  return found.python;
}

function recipeNamed(name: string): ReturnType<typeof readRecipes>[number] {
  const recipe = readRecipes().find(({ file }) => file === name);
  if (recipe === undefined) throw new Error(`the page has no ${name}`);
  return recipe;
}

function appNamed(name: string): AppCase {
  const app = apps.find((one) => one.name === name);
  if (app === undefined) throw new Error(`${name} is gone`);
  return app;
}
