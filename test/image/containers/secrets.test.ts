import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openImageArchive } from '../../../src/image/layers/archive.ts';
import { searchImage } from '../../../src/image/layers/search.ts';
import { describeWithEngine } from '../../engine/support/describe-with-engine.ts';
import { openEngine, succeeded } from '../../engine/support/engines.ts';
import { startIndex } from '../../support/loopback-index.ts';
import { makeWheel } from '../../support/packages.ts';
import { temporaryDirectory } from '../../support/temporary.ts';
import { readRecipes } from '../support/page.ts';
import { printed, programs } from './support/images.ts';
import { buildRecipe } from './support/recipes.ts';

const credentials = { user: 'builder-of-images', password: 'pa55-phrase-of-the-index' };
const encoded = Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64');

/** A project whose one dependency only an index with a password has. */
async function makeProject(): Promise<{ readonly project: string; readonly files: Readonly<Record<string, string>> }> {
  const index = await startIndex([makeWheel({ name: 'greeting-words', version: '1.0.3' })], { credentials });
  onTestFinished(index.close);
  const project = temporaryDirectory();
  writeFileSync(join(project, 'requirements.txt'), 'greeting-words==1.0.3\n');
  writeFileSync(join(project, 'app.py'), 'print("ready")\n');
  const netrc = `machine 127.0.0.1 login ${credentials.user} password ${credentials.password}\n`;
  return { project, files: { '../pip.conf': `[global]\nindex-url = ${index.url}\n`, '../netrc': netrc } };
}

describeWithEngine('secrets.Dockerfile', { programs }, () => {
  test('installs from an index with a password, which is in no layer, no history and no log', async () => {
    const recipe = readRecipes().find(({ file }) => file === 'secrets.Dockerfile');
    if (recipe === undefined) throw new Error('the page has no secrets.Dockerfile');
    const { image, log } = await buildRecipe({ recipe, python: '3.13', ...(await makeProject()) });
    expect(await printed(image, 'pip freeze')).toEqual(['greeting-words==1.0.3']);
    const needles = [credentials.password, credentials.user, encoded];
    for (const needle of needles) expect(log).not.toContain(needle);
    const file = join(temporaryDirectory(), 'image.tar');
    succeeded(await (await openEngine('podman')).saveArchive(image, { file, format: 'docker-archive' }));
    expect(await searchImage(await openImageArchive(file), needles)).toEqual([]);
  });
});
