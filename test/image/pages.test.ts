import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkRendered } from '../../scripts/images/render.ts';
import { readRecipes } from './support/page.ts';

const repository = join(import.meta.dirname, '../..');
const folder = join(repository, 'images/dockerfiles');
const files = readdirSync(folder).sort();

test('everything that is rendered is up to date', () => {
  expect(checkRendered(repository)).toEqual([]);
});

describe('documented Dockerfiles', () => {
  test('each stands on the page once, with a command that builds it', () => {
    const recipes = readRecipes();
    expect(recipes.map(({ file }) => file).sort()).toEqual(files);
    for (const { file, dockerfile, command } of recipes) {
      expect(dockerfile).toBe(readFileSync(join(folder, file), 'utf8').trimEnd());
      expect(command).toMatch(new RegExp(`^podman build .*-t my-application -f ${file.replaceAll('.', '\\.')} \\.$`));
    }
  });

  test.each(files)('%s needs nothing that old engines lack', (file) => {
    expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(/<<|^# *syntax|--chmod|--link/m);
  });

  test.each(files)('%s mounts secrets and caches for the user of the image', (file) => {
    const mounts = readFileSync(join(folder, file), 'utf8').match(/--mount=type=(secret|cache)\S*/g) ?? [];
    for (const mount of mounts) expect(mount).toMatch(/,uid=1001,gid=0$/);
  });

  test('those that mount the source are built without a cache, which does not see it', () => {
    for (const { dockerfile, command } of readRecipes()) {
      expect(command.includes('--no-cache')).toBe(dockerfile.includes('--mount=type=bind'));
    }
  });
});
