import { expect, test } from 'vitest';
import { describeWithEngine } from '../../engine/support/describe-with-engine.ts';
import { openEngine } from '../../engine/support/engines.ts';
import { findInImage } from '../../engine/support/search-image.ts';
import { installed, makePrivateProject } from '../../support/private-index.ts';
import { readRecipes } from '../support/page.ts';
import { printed, programs } from './support/images.ts';
import { buildRecipe } from './support/recipes.ts';

describeWithEngine('secrets.Dockerfile', { programs }, () => {
  test.each(['netrc', 'pip.conf'] as const)(
    'installs from an index with a password in %s, which is in no layer, no history and no log',
    async (passwordIn) => {
      const recipe = readRecipes().find(({ file }) => file === 'secrets.Dockerfile');
      if (recipe === undefined) throw new Error('the page has no secrets.Dockerfile');
      const { source, pipConf, netrc, secrets } = await makePrivateProject(passwordIn);
      const files = { '../pip.conf': pipConf, '../netrc': netrc };
      const { image, log } = await buildRecipe({ recipe, python: '3.13', project: source, files });
      expect(await printed(image, 'pip freeze')).toEqual([installed]);
      for (const secret of secrets) expect(log).not.toContain(secret);
      expect(await findInImage(await openEngine('podman'), image, secrets)).toEqual([]);
    },
  );
});
