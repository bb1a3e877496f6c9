import { expect, onTestFinished, test } from 'vitest';
import { findFreePort } from '../../../src/cli/demo/serve.ts';
import { dockerfileConsumer } from '../../consumers/support/consumers.ts';
import { serve } from '../../consumers/support/serve.ts';
import { describeWithEngine } from '../../engine/support/describe-with-engine.ts';
import { openEngine } from '../../engine/support/engines.ts';
import { uniqueImage } from '../../engine/support/names.ts';
import { installS2i } from '../../engine/support/s2i.ts';
import { type AppCase, readApps } from '../../support/app-case.ts';
import { readRecipes } from '../support/page.ts';
import { programs, smallImages } from './support/images.ts';
import { buildRecipe } from './support/recipes.ts';

/** What the other Dockerfiles are for; Flask and Django by each of them is in recipes.test.ts. Releases take turns. */
const COMPILED = [
  ['minimal-compilers.Dockerfile', 'uwsgi', '3.11'],
  ['mod-wsgi.Dockerfile', 'mod-wsgi', '3.13'],
  ['full-to-micro.Dockerfile', 'app-py', '3.11'],
] as const;

describeWithEngine('applications that have to be compiled', { programs, when: 'all' }, () => {
  test.each(COMPILED)('by %s: %s, Python %s', async (file, name, python) => {
    const recipe = readRecipes().find((one) => one.file === file);
    if (recipe === undefined) throw new Error(`the page has no ${file}`);
    const app = appNamed(name);
    const { image } = await buildRecipe({ recipe, project: app.project, python });
    await serveTo(image, app);
  });
});

describeWithEngine('the minimal image as a builder of s2i', { programs, when: 'all' }, () => {
  const builders = smallImages.flatMap(([flavour, release, , image]) =>
    flavour === 'minimal' ? [[release, image] as const] : [],
  );

  test.each(builders)('%s: the Dockerfile that s2i writes is built, and the application served', async (_release, builder) => {
    const podman = await openEngine('podman');
    const consumer = dockerfileConsumer(await openEngine('buildah'), podman, { program: await installS2i(), environment: {} });
    const app = appNamed('flask-gunicorn');
    const image = uniqueImage();
    onTestFinished(async () => {
      await podman.remove(image);
    });
    const { status, log } = await consumer.build({ builder, source: app.project, image });
    expect(status, log).toBe(0);
    await serveTo(image, app);
  });
});

/** As OpenShift would run it, where the application does not write into its own folder. */
async function serveTo(image: string, { name, run }: AppCase): Promise<void> {
  if (run === undefined) throw new Error(`${name} is not started`);
  const port = await findFreePort();
  const environment = { PORT: String(port), ...run.readOnly?.environment };
  const request = { image, user: '100001:0', passwd: 'image', capabilities: 'none', environment } as const;
  const readOnly = run.readOnly === undefined ? {} : ({ rootFilesystem: 'read-only', temporary: ['/tmp'] } as const);
  await serve(await openEngine('podman'), { ...request, ...readOnly }, port, { ...run, log: [] });
}

function appNamed(name: string): AppCase {
  const app = readApps().find((one) => one.name === name);
  if (app === undefined) throw new Error(`${name} is gone`);
  return app;
}
