import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openImageArchive } from '../../src/image/layers/archive.ts';
import { readAllEntries } from '../../src/image/layers/entries.ts';
import { mergeLayers } from '../../src/image/layers/tree.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { nodePackage } from './stand-ins/node-package.ts';
import { provideBases } from './stand-ins/provide.ts';
import { debianRecipe, nodeRecipe, recipeHash } from './stand-ins/recipes.ts';
import { certificateVolumes } from './support/certificates.ts';
import { buildImage, runContainer } from './support/containers.ts';
import { describeWithEngine } from './support/describe-with-engine.ts';
import { openEngine, succeeded, temporaryStore } from './support/engines.ts';
import { tinyContext } from './support/tiny-image.ts';

const mirrors = { debian: 'http://localhost/debian', security: 'http://localhost/security' };

describe('recipes of stand-ins', () => {
  test('change their hash with whatever decides the content', () => {
    const recipes = [
      debianRecipe('trixie', mirrors),
      debianRecipe('bookworm', mirrors),
      debianRecipe('trixie', { ...mirrors, security: 'http://localhost/other' }),
      nodeRecipe(mirrors, '24.21.0'),
      nodeRecipe(mirrors, '24.22.0'),
    ];
    expect(new Set(recipes.map(recipeHash)).size).toBe(recipes.length);
    expect(recipeHash(debianRecipe('trixie', { ...mirrors }))).toBe(recipeHash(debianRecipe('trixie', mirrors)));
  });

  test('forbid usrmerge for bookworm only', () => {
    const mentions = (suite: 'trixie' | 'bookworm') =>
      debianRecipe(suite, mirrors).options.some((option) => option.includes('no-usrmerge'));
    expect([mentions('trixie'), mentions('bookworm')]).toEqual([false, true]);
  });
});

describeWithEngine('the base images', { programs: ['podman', 'buildah', 'runc', 'mmdebstrap', 'busybox'], when: 'all' }, () => {
  const debian = { trixie: 85, bookworm: 82 } as const;

  test.each(['trixie', 'bookworm'] as const)(
    'debian:%s-slim is as large as the published one, and apt works in it',
    async (suite) => {
      const engine = await openEngine('podman');
      const file = join(temporaryDirectory(), 'image.tar');
      const archive = await openImageArchive(
        succeeded(await engine.saveArchive(`debian:${suite}-slim`, { file, format: 'docker-archive' })),
      );
      expect(archive.layers.map(({ stored }) => stored / 1e6)).toEqual([
        expect.toSatisfy((size: number) => size > 70 && size < debian[suite]),
      ]);

      const image = await buildImage(engine, {
        ...tinyContext(`FROM debian:${suite}-slim
RUN apt-get update && apt-get install -y --no-install-recommends netbase && rm -rf /var/lib/apt/lists/* /var/log/apt /var/log/dpkg.log
`),
        volumes: certificateVolumes(),
        layers: 'one',
      });
      const script =
        '. /etc/os-release; echo $VERSION_CODENAME; dpkg -l usrmerge perl-modules-5.36 2>/dev/null | grep -c ^ii; cat /etc/services | wc -l';
      const { log } = await runContainer(engine, { image, command: ['sh', '-c', script] });
      const [codename, unwanted, services] = log.split('\n');
      expect([codename, unwanted]).toEqual([suite, '0']);
      expect(Number(services)).toBeGreaterThan(100);
    },
  );

  test('a build with certificates leaves no trace of them but an empty folder', async () => {
    const engine = await openEngine('buildah');
    const image = await buildImage(engine, {
      ...tinyContext('FROM debian:trixie-slim\nRUN test -s /run/secrets/ca.crt && touch /made\n'),
      volumes: certificateVolumes(),
      layers: 'one',
    });
    const file = join(temporaryDirectory(), 'image.tar');
    const archive = await openImageArchive(succeeded(await engine.saveArchive(image, { file, format: 'docker-archive' })));
    const [, above = []] = await readAllEntries(archive);
    // buildah makes an empty /etc/hosts where an image has none, certificates or not.
    const files = above.filter(({ type, path }) => type !== 'directory' && path !== 'etc/hosts');
    expect(files.map(({ path }) => path)).toEqual(['made']);
    expect(above.map(({ path }) => path)).toEqual(expect.arrayContaining(['run/secrets']));
  });

  test('node:24-trixie-slim has Node and npm where the published one has them', async () => {
    const engine = await openEngine('podman');
    const file = join(temporaryDirectory(), 'image.tar');
    const archive = await openImageArchive(
      succeeded(await engine.saveArchive('node:24-trixie-slim', { file, format: 'docker-archive' })),
    );
    const { visible } = mergeLayers(await readAllEntries(archive));
    expect(visible.get('usr/local/bin/node')).toMatchObject({ type: 'file', mode: 0o755, uid: 0, gid: 0 });
    expect(visible.get('usr/local/bin/npm')).toMatchObject({ type: 'symlink', target: '../lib/node_modules/npm/bin/npm-cli.js' });
    const { log } = await runContainer(engine, {
      image: 'node:24-trixie-slim',
      command: ['sh', '-c', 'node --version; npm --version; npx --version'],
    });
    expect(log.split('\n')).toEqual([`v${nodePackage.version}`, '11.19.0', '11.19.0']);
  });

  test('are there the second time, and come from archives where the store is new', async () => {
    const again = await provideBases(await openEngine('podman'));
    expect(again.map(({ origin }) => origin)).toEqual(['already there', 'already there', 'already there']);
    const { store, remove } = temporaryStore();
    onTestFinished(remove);
    const anew = await provideBases(await openEngine('podman', store));
    expect(new Set(anew.map(({ origin }) => origin))).not.toContain('made');
  });
});
