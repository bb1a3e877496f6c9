import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { layersOf } from '../../src/image/dockerfile/instruction.ts';
import { fullDockerfile } from '../../src/image/full/dockerfile.ts';
import { groupScript, parseMeasurement } from '../../src/image/full/measure.ts';
import { parseMeasuredFull } from '../../src/image/full/measured.ts';
import { renderReadme } from '../../src/image/full/readme.ts';
import { totalSize } from '../../src/image/measured.ts';
import { imageFolder } from '../../src/image/rendered.ts';
import { TRIXIE } from '../../src/image/spec/debian.ts';
import { LEFT_OUT, PACKAGE_GROUPS } from '../../src/image/spec/distribution.ts';
import { BUILT, DISTRIBUTIONS } from '../../src/image/spec/distributions.ts';

const repository = join(import.meta.dirname, '../..');

/** Largest sum of uncompressed layers. Bytes. */
const LIMITS: Readonly<Record<string, number>> = { trixie: 750e6, bookworm: 810e6 };

describe.each(BUILT.map((distribution) => [distribution.release, distribution] as const))(
  'the full image of %s',
  (release, distribution) => {
    const measured = parseMeasuredFull(
      readFileSync(join(repository, imageFolder(distribution, 'full'), 'measured.json'), 'utf8'),
    );

    test('is no larger than it may be', () => {
      expect(totalSize(measured)).toBeLessThanOrEqual(LIMITS[release] ?? 0);
    });

    test('was measured with the layers that it has now', () => {
      const layers = layersOf(fullDockerfile(distribution, ''));
      expect(measured.layers.slice(-layers.length).map(({ what }) => what)).toEqual(layers);
    });

    test('has a README whose groups add up to the layer of packages', () => {
      const readme = renderReadme(distribution, measured);
      for (const title of [...Object.values(PACKAGE_GROUPS), ...Object.values(LEFT_OUT)])
        expect(readme).toContain(`| ${title} |`);
      const groups = Object.values(measured.groups).reduce((sum, bytes) => sum + bytes, 0) + measured.locale - measured.pruned;
      const layer = measured.layers.find(({ what }) => what === 'packages')?.bytes ?? 0;
      // A tar has headers and padding for each file.
      expect(layer / groups).toBeGreaterThan(1);
      expect(layer / groups).toBeLessThan(1.05);
    });
  },
);

describe('a measurement', () => {
  const distribution = TRIXIE;

  test('asks for the size after every group, whatever the distribution', () => {
    for (const one of DISTRIBUTIONS) {
      const asked = [...groupScript(one).matchAll(/^size (\S+)$/gm)].map(([, name]) => name);
      expect(asked).toEqual(['base', ...Object.keys(PACKAGE_GROUPS), 'locale', 'pruned', ...Object.keys(LEFT_OUT)]);
    }
  });

  test('is the differences of the sizes that a container printed', () => {
    const names = [...groupScript(distribution).matchAll(/^size (\S+)$/gm)].map(([, name = '']) => name);
    const lines = names.map((name, index) => `=s2i= ${name} ${name === 'pruned' ? 5 : 100 + index * 10}`);
    const versions = ['noise', '=s2i= Node v24.21.0', '=s2i= OpenSSL OpenSSL 3.5.7 9 Jun 2026', '=s2i= git git version 2.47'];
    const measured = parseMeasurement(['Setting up python3', ...lines], versions);
    expect(measured.groups.python).toBe(10);
    expect(measured.pruned).toBe(100 + (names.length - LEFT_OUTS - 2) * 10 - 5);
    expect(measured.versions).toEqual({ Node: '24.21.0', OpenSSL: '3.5.7', git: '2.47' });
  });

  test('is refused when a size is missing', () => {
    expect(() => parseMeasurement(['=s2i= base 1'], [])).toThrow('the measurement of python is missing');
  });
});

const LEFT_OUTS = Object.keys(LEFT_OUT).length;
