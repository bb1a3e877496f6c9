import { expect, onTestFinished, test } from 'vitest';
import { findFreePort } from '../../../src/cli/demo/serve.ts';
import { HOOKS_ARGUMENT } from '../../../src/image/native/hooks.ts';
import { TRIXIE } from '../../../src/image/spec/debian.ts';
import { serve } from '../../consumers/support/serve.ts';
import { describeWithEngine } from '../../engine/support/describe-with-engine.ts';
import { openEngine } from '../../engine/support/engines.ts';
import { buildImageOf } from '../../engine/support/full-images.ts';
import { uniqueImage } from '../../engine/support/names.ts';
import { readApps } from '../../support/app-case.ts';
import { readRecipes } from '../support/page.ts';
import { images, printed, programs } from './support/images.ts';
import { buildRecipe } from './support/recipes.ts';

describeWithEngine('the executable in the full image', { programs, when: 'all' }, () => {
  test.each(images)('of %s is the init and the health check, whatever the hooks are', async (_release, _python, image) => {
    const lines = await printed(
      image,
      'for name in init-wrapper cgroup-limits healthcheck plan; do readlink -f /usr/libexec/s2i/$name; done; init-wrapper -- echo started',
    );
    expect(lines).toEqual([...Array.from({ length: 4 }, () => '/usr/libexec/s2i/s2i-python'), 'started']);
  });

  test('is all of the hooks by S2I_HOOKS=native: Flask, assembled and served without Node', async () => {
    const podman = await openEngine('podman');
    const image = uniqueImage();
    await buildImageOf(TRIXIE, 'full', { arguments: { [HOOKS_ARGUMENT]: 'native' }, tags: [image] });
    onTestFinished(async () => {
      await podman.remove(image);
    });
    const [first] = await printed(image, 'readlink -f /usr/libexec/s2i/assemble /usr/bin/container-entrypoint | sort -u');
    expect(first).toBe('/usr/libexec/s2i/s2i-python');
    const recipe = readRecipes().find(({ file }) => file === 'copy.Dockerfile');
    const app = readApps().find(({ name }) => name === 'flask-gunicorn');
    if (recipe === undefined || app?.run === undefined) throw new Error('copy.Dockerfile or flask-gunicorn is missing');
    const adapt = (text: string) => text.replace(/s2i-python:\S+/, image);
    const built = await buildRecipe({ recipe, project: app.project, python: TRIXIE.python, adapt });
    const port = await findFreePort();
    await serve(podman, { image: built.image, user: '12345:0', environment: { PORT: String(port) } }, port, {
      ...app.run,
      log: [],
    });
  });

  test('is refused as anything else', async () => {
    const wishes = { arguments: { [HOOKS_ARGUMENT]: 'perl' }, tags: [uniqueImage()] };
    await expect(buildImageOf(TRIXIE, 'full', wishes)).rejects.toThrow('S2I_HOOKS is node or native, not perl');
  });
});
