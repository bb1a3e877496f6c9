import { describe, expect, test } from 'vitest';
import { layersOf } from '../../src/image/dockerfile/instruction.ts';
import { renderDockerfile } from '../../src/image/dockerfile/render.ts';
import { flavourDockerfile, flavoursOf } from '../../src/image/flavours.ts';
import { environment, type Flavour, labels, NATIVE_HOOKS } from '../../src/image/spec/contract.ts';
import { BOOKWORM, TRIXIE } from '../../src/image/spec/debian.ts';
import type { Distribution } from '../../src/image/spec/distribution.ts';
import { BUILT, DISTRIBUTIONS } from '../../src/image/spec/distributions.ts';

const small = (distribution: Distribution) => flavoursOf(distribution).filter((flavour) => flavour !== 'full');
const titled = DISTRIBUTIONS.flatMap((one) => small(one).map((flavour) => [flavour, one.release, one] as const));

/** An instruction a line, without comments, stage by stage. */
function stagesOf(flavour: Flavour, distribution: Distribution): readonly (readonly string[])[] {
  const text = renderDockerfile(flavourDockerfile(flavour, distribution, '1.2.3'));
  const lines = text
    .replace(/^#.*\n/gm, '')
    .replace(/ *\\\n */g, ' ')
    .split('\n')
    .filter(Boolean);
  return lines
    .join('\n')
    .split(/^(?=FROM )/m)
    .map((stage) => stage.trimEnd().split('\n'));
}

describe.each(titled)('the %s image of %s', (flavour, _release, distribution) => {
  const stages = stagesOf(flavour, distribution);
  const last = stages.at(-1) ?? [];

  test('needs nothing that old engines lack', () => {
    const text = renderDockerfile(flavourDockerfile(flavour, distribution, '1.2.3'));
    expect(text).not.toMatch(/<<|^# *syntax|--chmod|--link|--mount=type=(bind|cache)/m);
    expect(text).not.toMatch(/^(VOLUME|ONBUILD|SHELL|ADD) /m);
  });

  test('is run as the plain number 1001 in the application folder, with an entrypoint that becomes the command', () => {
    for (const line of [
      'USER 1001',
      'WORKDIR /opt/app-root/src',
      'EXPOSE 8080',
      'ENTRYPOINT ["/usr/bin/container-entrypoint"]',
      'CMD ["/usr/libexec/s2i/usage"]',
    ])
      expect(last).toContain(line);
  });

  test('gets its hooks from the stage of that name, last of all files', () => {
    const writing = last.filter((line) => /^(RUN|COPY) /.test(line));
    expect(writing.at(-1)).toBe('COPY --from=native --chown=0:0 /s2i-python /usr/libexec/s2i/s2i-python');
    expect(stages.some(([from]) => from?.endsWith(' AS native'))).toBe(true);
    for (const name of NATIVE_HOOKS) expect(stages.flat().join('\n')).toMatch(new RegExp(`for name in [^;]*\\b${name}\\b`));
  });

  test('names what each layer holds', () => {
    const writing = last.filter((line) => /^(RUN|COPY) /.test(line));
    expect(layersOf(flavourDockerfile(flavour, distribution, '1.2.3'))).toHaveLength(writing.length);
  });

  test('installs no compiler, header or Node', () => {
    expect(last.join('\n')).not.toMatch(/-dev\b|-devel\b|build-essential|\bgcc\b(?!-)|\bg\+\+|nodejs|npm/);
  });
});

describe.each(BUILT.map((one) => [one.release, one] as const))('of %s', (_, distribution) => {
  test('the minimal image is made in one step that takes away what it does not keep', () => {
    const runs = (stagesOf('minimal', distribution).at(-1) ?? []).filter((line) => line.startsWith('RUN '));
    expect(runs).toHaveLength(2);
    for (const path of Object.values(distribution.minimal.prune).flat()) expect(runs[0]).toContain(path);
    expect(runs[0]).toContain('rm -rf /var/lib/apt/lists');
  });

  test('the micro image is on nothing, and two layers', () => {
    const last = stagesOf('micro', distribution).at(-1) ?? [];
    expect(last[0]).toBe('FROM scratch');
    expect(last.filter((line) => line.startsWith('RUN '))).toEqual([]);
    expect(last.filter((line) => line.startsWith('COPY '))).toHaveLength(2);
  });
});

describe('what an image says of itself', () => {
  test('the minimal one is a builder', () => {
    expect(labels(TRIXIE, 'minimal', '1')).toMatchObject({
      'io.openshift.s2i.scripts-url': 'image:///usr/libexec/s2i',
      'io.s2i.scripts-url': 'image:///usr/libexec/s2i',
      usage: 's2i build SOURCE s2i-python:3.13-minimal-trixie APPLICATION',
      'org.opencontainers.image.base.name': 'docker.io/library/debian:trixie-slim',
    });
    expect(environment(BOOKWORM, 'minimal')).toEqual(environment(BOOKWORM, 'full'));
  });

  test('the micro one is none, has no base, no pip, and a locale that costs nothing', () => {
    const names = Object.keys(labels(TRIXIE, 'micro', '1'));
    expect(names.filter((name) => /s2i|tags|base/.test(name))).toEqual([]);
    const variables = environment(TRIXIE, 'micro');
    expect(Object.keys(variables).filter((name) => name.startsWith('PIP'))).toEqual([]);
    expect([variables.LANG, variables.LC_ALL]).toEqual(['C.UTF-8', 'C.UTF-8']);
  });
});

test('a distribution without parts of a micro image has none', () => {
  const { micro: _, ...without } = TRIXIE;
  expect(flavoursOf(without)).toEqual(['full', 'minimal']);
  expect(() => flavourDockerfile('micro', without, '1')).toThrow('there is no micro image of Debian 13 (trixie)');
});
