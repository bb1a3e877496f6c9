import { describe, expect, test } from 'vitest';
import { layersOf } from '../../src/image/dockerfile/instruction.ts';
import { renderDockerfile } from '../../src/image/dockerfile/render.ts';
import { fullDockerfile } from '../../src/image/full/dockerfile.ts';
import { buildLabels, environment, labels, tags } from '../../src/image/spec/contract.ts';
import { TRIXIE } from '../../src/image/spec/debian.ts';
import { type Distribution, PACKAGE_GROUPS } from '../../src/image/spec/distribution.ts';
import { BUILT, DISTRIBUTIONS, findDistribution } from '../../src/image/spec/distributions.ts';

const titled = DISTRIBUTIONS.map((distribution) => [distribution.release, distribution] as const);

function render(distribution: Distribution): string {
  return renderDockerfile(fullDockerfile(distribution, '1.2.3'));
}

describe.each(titled)('the full image of %s', (_, distribution) => {
  const text = render(distribution);
  /** Without comments, an instruction a line. */
  const lines = text
    .replace(/^#.*\n/gm, '')
    .replace(/ *\\\n */g, ' ')
    .split('\n')
    .filter(Boolean);
  const lastStage = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
  const of = (name: string) => lastStage.filter((line) => line.startsWith(`${name} `));

  test('needs nothing that old engines lack', () => {
    expect(text).not.toMatch(/<<|^# *syntax|--chmod|--link/m);
    expect(
      lines.map((line) => line.split(' ')[0]).filter((name) => ['VOLUME', 'ONBUILD', 'SHELL', 'ADD'].includes(name ?? '')),
    ).toEqual([]);
  });

  test('[B2] [B3] is run as the plain number 1001 in the application folder, with port 8080', () => {
    expect(of('USER')).toEqual(['USER 1001']);
    expect(of('WORKDIR')).toEqual(['WORKDIR /opt/app-root/src']);
    expect(of('EXPOSE')).toEqual(['EXPOSE 8080']);
    expect(text).toMatch(/(useradd --uid 1001 --gid 0|adduser -u 1001 -G root) .*\/opt\/app-root\/src/);
  });

  test('[B1] prints usage by default, and executes any command as it is', () => {
    expect(of('ENTRYPOINT')).toEqual(['ENTRYPOINT ["/usr/bin/container-entrypoint"]']);
    expect(of('CMD')).toEqual(['CMD ["/usr/libexec/s2i/usage"]']);
  });

  test("speaks of no other distribution's package manager", () => {
    const programs = { apt: /\bapt-get\b|\bdpkg\b/, dnf: /\bdnf\b|\brpm\b/, apk: /\bapk\b/ };
    const used = Object.entries(programs).flatMap(([name, pattern]) => (pattern.test(lastStage.join('\n')) ? [name] : []));
    expect(used).toEqual([distribution.packageManager.name]);
  });

  test('installs every group of packages, or says why not', () => {
    for (const group of Object.keys(PACKAGE_GROUPS) as (keyof typeof PACKAGE_GROUPS)[]) {
      expect(distribution.packages[group].length === 0, group).toBe(group in distribution.absent);
      for (const name of distribution.packages[group])
        expect(text).toMatch(new RegExp(`^ {6}${name.replaceAll('+', '\\+')}( \\\\)?$`, 'm'));
    }
  });

  test('uses one version of Python everywhere', () => {
    const versions = [...text.matchAll(/python(\d\.\d+)/g)].map(([, version]) => version);
    expect(new Set(versions)).toEqual(new Set([distribution.python]));
    expect(environment(distribution, 'full').PYTHON_VERSION).toBe(distribution.python);
  });

  test('has the executable, whose hooks are called by choice', () => {
    expect(of('ARG')).toEqual(['ARG S2I_HOOKS=node']);
    expect(lastStage).toContain('COPY --from=native --chown=0:0 /s2i-python /usr/libexec/s2i/s2i-python');
    expect(lastStage.join('\n')).toMatch(/for name in init-wrapper cgroup-limits healthcheck plan; do ln -s s2i-python/);
  });

  test('names what each layer holds', () => {
    const writing = lines
      .slice(lines.findLastIndex((line) => line.startsWith('FROM ')))
      .filter((line) => /^(RUN|COPY) /.test(line));
    expect(layersOf(fullDockerfile(distribution, '1.2.3'))).toHaveLength(writing.length);
  });

  test('keeps its labels well below what s2i can commit', () => {
    const all = Object.entries({
      ...labels(distribution, 'full', '1.2.3'),
      ...buildLabels({ revision: 'f'.repeat(40), created: '2026-01-01T00:00:00Z' }),
    });
    expect(all.flat().join('').length).toBeLessThan(4096);
  });
});

describe('labels', () => {
  test('[B6] are those of S2I, OpenShift and OCI', () => {
    expect(labels(TRIXIE, 'full', '1.2.3')).toMatchObject({
      'io.openshift.s2i.scripts-url': 'image:///usr/libexec/s2i',
      'io.s2i.scripts-url': 'image:///usr/libexec/s2i',
      'io.k8s.display-name': 'Python 3.13',
      'io.openshift.expose-services': '8080:http',
      'io.openshift.tags': 'builder,python,python313,python-313,rh-python313',
      'org.opencontainers.image.title': 's2i-python full',
      'org.opencontainers.image.version': '1.2.3',
      'org.opencontainers.image.licenses': 'Apache-2.0',
      'org.opencontainers.image.base.name': 'docker.io/library/debian:trixie-slim',
    });
  });

  test('leave destination and user of assemble to their defaults', () => {
    for (const distribution of DISTRIBUTIONS) {
      const names = Object.keys(labels(distribution, 'full', '1.2.3'));
      expect(names.filter((name) => /destination|assemble-user|onbuild|stack\.id/.test(name))).toEqual([]);
    }
  });

  test('of a build say which revision, and only when it is known', () => {
    const build = { revision: 'abc', created: '2026-01-01T00:00:00Z' };
    const text = renderDockerfile(fullDockerfile(TRIXIE, '1.2.3', build));
    expect(text).toContain('org.opencontainers.image.revision=abc');
    expect(text).toContain('org.opencontainers.image.created=2026-01-01T00:00:00Z');
    expect(render(TRIXIE)).not.toContain('image.revision');
  });
});

test('tags of built images are never the same', () => {
  const all = BUILT.flatMap((distribution) => tags(distribution, 'full'));
  expect(new Set(all).size).toBe(all.length);
  expect(all).toContain('s2i-python:3.13');
});

test('releases are found by name', () => {
  expect(findDistribution('ubi9')?.title).toBe('Red Hat Universal Base Image 9');
  expect(findDistribution('sarge')).toBeUndefined();
});

describe('rendering', () => {
  test('quotes what a Dockerfile would read otherwise', () => {
    const variables = { PLAIN: 'a/b:c', SPACES: 'a b', SPECIAL: '$x "y" \\z', EMPTY: '' };
    expect(renderDockerfile([{ do: 'env', variables }])).toBe(
      'ENV PLAIN=a/b:c \\\n    SPACES="a b" \\\n    SPECIAL="\\$x \\"y\\" \\\\z" \\\n    EMPTY=""\n',
    );
  });

  test('writes a command with a comma as one word', () => {
    expect(renderDockerfile([{ do: 'cmd', argv: ['a,b', 'c'] }])).toBe('CMD ["a,b", "c"]\n');
  });

  test('puts mounts before the commands of a step', () => {
    const run = { do: 'run', layer: '', mounts: ['type=secret,id=a'], commands: ['x', 'y'] } as const;
    expect(renderDockerfile([run])).toBe('RUN --mount=type=secret,id=a \\\n    x \\\n && y\n');
  });
});
