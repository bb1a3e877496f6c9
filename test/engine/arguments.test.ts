import { describe, expect, test } from 'vitest';
import { buildCall, unsupportedBuild } from '../../src/engine/arguments/build.ts';
import * as images from '../../src/engine/arguments/images.ts';
import { runCall } from '../../src/engine/arguments/run.ts';
import type { BuildRequest, EngineName, RunRequest } from '../../src/engine/engine.ts';
import type { EngineProgram } from '../../src/engine/program.ts';

function engine(name: EngineName, more: Partial<EngineProgram> = {}): EngineProgram {
  return { name, program: name, version: '1', environment: {}, ...more };
}

const least: BuildRequest = { context: '/c', dockerfile: '/d', tags: [] };
const most: BuildRequest = {
  ...least,
  tags: ['a:1', 'a:2'],
  arguments: { VERSION: '1 2' },
  secrets: [{ id: 'pip.conf', file: '/s/pip.conf' }],
  network: 'host',
  cache: 'ignore',
  target: 'stage',
};

const containers = ['build', '--format=docker', '--layers=true', '--force-rm', '--identity-label=false'];
const common = [
  '--file=/d',
  '--iidfile=/id',
  '--tag=a:1',
  '--tag=a:2',
  '--network=host',
  '--target=stage',
  '--build-arg=VERSION=1 2',
  '--secret=id=pip.conf,src=/s/pip.conf',
  '/c',
];

describe('the command line of a build', () => {
  test.each<readonly [string, EngineProgram, BuildRequest, readonly string[]]>([
    ['buildah, least', engine('buildah'), least, [...containers, '--file=/d', '--iidfile=/id', '/c']],
    ['podman, least', engine('podman'), least, [...containers, '--file=/d', '--iidfile=/id', '/c']],
    [
      'podman, its runtime',
      engine('podman', { runtime: 'runc' }),
      least,
      ['--runtime=runc', ...containers, '--file=/d', '--iidfile=/id', '/c'],
    ],
    ['buildah, most', engine('buildah'), most, [...containers, '--no-cache', ...common]],
    [
      'buildah, what docker has not',
      engine('buildah'),
      {
        ...least,
        isolation: 'chroot',
        format: 'oci',
        layers: 'one',
        volumes: [
          { source: '/h', target: '/t', access: 'read-only' },
          { source: '/w', target: '/w', access: 'read-write' },
        ],
      },
      [
        'build',
        '--format=oci',
        '--layers=false',
        '--force-rm',
        '--identity-label=false',
        '--isolation=chroot',
        '--volume=/h:/t:ro',
        '--volume=/w:/w:rw',
        '--file=/d',
        '--iidfile=/id',
        '/c',
      ],
    ],
    ['docker, most', engine('docker', { builder: 'buildx' }), most, ['build', '--progress=plain', '--no-cache', ...common]],
    ['docker without BuildKit', engine('docker', { builder: 'legacy' }), least, ['build', '--file=/d', '--iidfile=/id', '/c']],
  ])('%s', (_, program, request, argv) => {
    expect(buildCall(program, request, '/id').argv).toEqual(argv);
  });

  test.each([
    ['buildx', '1'],
    ['integrated', '1'],
    ['legacy', '0'],
  ] as const)('docker, builder %s: DOCKER_BUILDKIT=%s', (builder, value) => {
    expect(buildCall(engine('docker', { builder }), least, '/id').environment).toEqual({ DOCKER_BUILDKIT: value });
  });
});

describe('what docker cannot do in a build', () => {
  const docker = engine('docker', { builder: 'legacy' });
  test.each<readonly [Partial<BuildRequest>, RegExp]>([
    [{ volumes: [{ source: '/h', target: '/t', access: 'read-only' }] }, /mount folders/],
    [{ isolation: 'chroot' }, /isolation/],
    [{ format: 'oci' }, /format oci/],
    [{ layers: 'one' }, /one layer/],
    [{ secrets: [{ id: 'a', file: '/a' }] }, /BuildKit/],
  ])('%j', (part, words) => {
    expect(unsupportedBuild(docker, { ...least, ...part })?.what).toMatch(words);
    expect(unsupportedBuild(engine('buildah'), { ...least, ...part })).toBeUndefined();
  });

  test('nothing, of what it can', () => {
    expect(
      unsupportedBuild(engine('docker', { builder: 'integrated' }), { ...most, format: 'docker', layers: 'each' }),
    ).toBeUndefined();
  });
});

describe('the command line of a container', () => {
  const begin = ['run', '--rm', '--pull=never', '--name=n'];
  const all: RunRequest = {
    image: 'i',
    name: 'n',
    command: ['sh', '-c', 'exit 3'],
    user: '100001:0',
    passwd: 'image',
    network: 'host',
    init: 'engine',
    capabilities: 'none',
    environment: { A: 'b=c' },
    rootFilesystem: 'read-only',
    temporary: ['/tmp'],
    volumes: [{ source: '/h', target: '/t', access: 'read-only' }],
    limits: 'host',
    memory: 268435456,
    processors: 0.5,
  };
  const shared = ['--init', '--cap-drop=ALL', '--security-opt=no-new-privileges', '--env=A=b=c', '--read-only'];
  const rest = ['--memory=268435456b', '--cpus=0.5', 'i', 'sh', '-c', 'exit 3'];

  test.each<readonly [string, EngineProgram, RunRequest, readonly string[]]>([
    ['podman, least', engine('podman'), { image: 'i', name: 'n' }, [...begin, 'i']],
    ['docker, least', engine('docker'), { image: 'i', name: 'n' }, [...begin, 'i']],
    [
      'podman, all',
      engine('podman', { runtime: 'runc' }),
      all,
      [
        '--runtime=runc',
        ...begin,
        '--user=100001:0',
        '--passwd=false',
        '--network=host',
        ...shared,
        '--read-only-tmpfs=false',
        '--tmpfs=/tmp',
        '--volume=/h:/t:ro',
        '--ulimit=host',
        ...rest,
      ],
    ],
    [
      'docker, all',
      engine('docker'),
      all,
      [...begin, '--user=100001:0', '--network=host', ...shared, '--tmpfs=/tmp', '--volume=/h:/t:ro', ...rest],
    ],
  ])('%s', (_, program, request, argv) => {
    expect(runCall(program, request).argv).toEqual(argv);
  });
});

describe('command lines about images', () => {
  test.each<readonly [EngineName, Readonly<Record<string, readonly string[]>>]>([
    [
      'podman',
      {
        inspect: ['image', 'inspect', 'i'],
        tag: ['image', 'tag', 'i', 'n'],
        remove: ['image', 'rm', 'i'],
        save: ['image', 'save', '--quiet', '--format=oci-archive', '--output=/f', 'i'],
        load: ['image', 'load', '--quiet', '--input=/f'],
        end: ['rm', '--force', '--time=0', 'c'],
      },
    ],
    [
      'buildah',
      {
        inspect: ['inspect', '--type=image', 'i'],
        tag: ['tag', 'i', 'n'],
        remove: ['rmi', 'i'],
        save: ['push', '--quiet', 'i', 'oci-archive:/f:i'],
        load: ['pull', '--quiet', 'docker-archive:/f'],
        end: ['rm', '--force', 'c'],
      },
    ],
    [
      'docker',
      {
        inspect: ['image', 'inspect', 'i'],
        tag: ['image', 'tag', 'i', 'n'],
        remove: ['image', 'rm', 'i'],
        save: ['image', 'save', '--output=/f', 'i'],
        load: ['image', 'load', '--quiet', '--input=/f'],
        end: ['rm', '--force', 'c'],
      },
    ],
  ])('%s', (name, expected) => {
    expect({
      inspect: images.inspectArguments(name, 'i'),
      tag: images.tagArguments(name, 'i', 'n'),
      remove: images.removeArguments(name, 'i'),
      save: images.saveArguments(name, 'i', '/f', 'oci-archive'),
      load: images.loadArguments(name, '/f'),
      end: images.removeContainerArguments(name, 'c'),
    }).toEqual(expected);
  });

  test('signals go by their short name, which every engine knows', () => {
    expect(images.signalArguments('c', 'SIGTERM')).toEqual(['kill', '--signal=TERM', 'c']);
  });
});
