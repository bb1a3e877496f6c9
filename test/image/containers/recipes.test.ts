import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findFreePort } from '../../../src/cli/demo/serve.ts';
import { serve } from '../../consumers/support/serve.ts';
import { describeWithEngine } from '../../engine/support/describe-with-engine.ts';
import { openEngine } from '../../engine/support/engines.ts';
import { uniqueImage } from '../../engine/support/names.ts';
import { type AppCase, type RunExpectation, readApps } from '../../support/app-case.ts';
import { type Recipe, readRecipes } from '../support/page.ts';
import { images, printed, programs, users } from './support/images.ts';
import { buildRecipe, runRecipe } from './support/recipes.ts';

const recipes = readRecipes();
const withHooks = recipes.filter(({ file }) => file !== 'sclorg-without-hooks.Dockerfile');
const [flask, django] = ['flask-gunicorn', 'django'].map((name) => readApps().find((app) => app.name === name));

function tagsOf({ file }: Recipe): string {
  return { 'sclorg-assemble.Dockerfile': '[B124] ', 'sclorg-without-hooks.Dockerfile': '[B125] ' }[file] ?? '';
}

/** Both applications by every Dockerfile; the releases take turns. */
const cells = withHooks.flatMap((recipe, index) =>
  [flask, django].flatMap((app, turn) => {
    const [release = '', python = ''] = images[(index + turn) % images.length] ?? [];
    return app === undefined ? [] : [[`${tagsOf(recipe)}${recipe.file}, ${app.name}, ${release}`, recipe, app, python] as const];
  }),
);

describeWithEngine('the documented Dockerfiles', { programs, when: 'all' }, () => {
  test.each(cells)('%s: built, and served to every user', async (_title, recipe, app, python) => {
    const files = { '../pip.conf': '[global]\ntimeout = 60\n', '../netrc': 'machine index.invalid login a password b\n' };
    const { image } = await buildRecipe({
      recipe,
      project: app.project,
      python,
      files: recipe.dockerfile.includes('type=secret') ? files : {},
    });
    for (const user of users) await serveTo(image, app, user);
  });

  test('[B125] sclorg-without-hooks.Dockerfile, django: built, served and stopped', async () => {
    const recipe = recipeNamed('sclorg-without-hooks.Dockerfile');
    const port = await findFreePort();
    const adapt = (text: string) => text.replace('0.0.0.0:8080', `0.0.0.0:${port}`);
    const { image } = await buildRecipe({ recipe, project: projectOf(django), python: '3.13', adapt });
    const stop: RunExpectation['stop'] = { signal: 'SIGTERM', withinSeconds: 8, exit: 0 };
    const http = [{ path: '/', status: 200, body: ['note '] }];
    await serve(await openEngine('podman'), { image, network: 'host' }, port, { http, log: [], notLog: [], stop });
  });

  describe('a changed source', () => {
    test.each(['assemble.Dockerfile', 'stages.Dockerfile', 'copy.Dockerfile'])('is noticed: %s', async (file) => {
      const recipe = recipeNamed(file);
      const { folder } = await buildRecipe({ recipe, project: projectOf(flask), python: '3.13' });
      const source = join(folder, 'wsgi.py');
      writeFileSync(source, `${readFileSync(source, 'utf8')}\n# changed\n`);
      const again = uniqueImage();
      await runRecipe(recipe, folder, again);
      expect((await printed(again, 'tail -n 1 wsgi.py')).at(-1)).toBe('# changed');
      await (await openEngine('podman')).remove(again);
    });

    test('keeps what the dependencies were installed into: stages.Dockerfile', async () => {
      const recipe = recipeNamed('stages.Dockerfile');
      const { folder } = await buildRecipe({ recipe, project: projectOf(flask), python: '3.13' });
      writeFileSync(join(folder, 'new.txt'), 'new\n');
      const again = uniqueImage();
      const log = await runRecipe(recipe, folder, again);
      expect(log).not.toMatch(/Collecting|Downloading/);
      await (await openEngine('podman')).remove(again);
    });
  });

  test('another-user.Dockerfile gives the files to that user', async () => {
    const { image } = await buildRecipe({
      recipe: recipeNamed('another-user.Dockerfile'),
      project: projectOf(flask),
      python: '3.13',
    });
    expect(await printed(image, 'id -u; stat -c "%u:%g" wsgi.py ../bin/gunicorn')).toEqual(['12345', '12345:0', '12345:0']);
  });
});

/** The last user gets a root file system that nobody can write. */
async function serveTo(image: string, app: AppCase, user: string): Promise<void> {
  const { run } = app;
  if (run === undefined) throw new Error(`${app.name} is not started`);
  const port = await findFreePort();
  const readOnly = user === users.at(-1) ? run.readOnly : undefined;
  await serve(
    await openEngine('podman'),
    {
      image,
      user,
      passwd: 'image',
      environment: { PORT: String(port), ...readOnly?.environment },
      ...(readOnly === undefined ? {} : { rootFilesystem: 'read-only', temporary: ['/tmp'] }),
    },
    port,
    readOnly === undefined ? run : { ...run, log: [], http: readOnly.http },
  );
}

function recipeNamed(file: string): Recipe {
  const recipe = recipes.find((one) => one.file === file);
  if (recipe === undefined) throw new Error(`the page has no ${file}`);
  return recipe;
}

function projectOf(app: AppCase | undefined): string {
  if (app === undefined) throw new Error('an application of test/apps is missing');
  return app.project;
}
