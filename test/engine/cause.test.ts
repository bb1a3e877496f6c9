import { describe, expect, test } from 'vitest';
import { type Told, told } from '../../src/engine/cause.ts';

/** What engines printed when it happened, shortened at the beginning. */
const TRANSCRIPTS: readonly (readonly [string, string, Told | undefined])[] = [
  [
    'buildah: registry out of reach',
    `STEP 1/1: FROM registry.invalid/x:1
Trying to pull registry.invalid/x:1...
Error: creating build container: initializing source docker://registry.invalid/x:1: pinging container registry registry.invalid: Get "https://registry.invalid/v2/": dial tcp: lookup registry.invalid on 10.0.0.53:53: no such host`,
    {
      kind: 'base-missing',
      image: 'registry.invalid/x:1',
      why: 'network',
      detail:
        'Error: creating build container: initializing source docker://registry.invalid/x:1: pinging container registry registry.invalid: Get "https://registry.invalid/v2/": dial tcp: lookup registry.invalid on 10.0.0.53:53: no such host',
    },
  ],
  [
    'podman: short name',
    `STEP 1/1: FROM nolocal:1
Error: creating build container: short-name "nolocal:1" did not resolve to an alias and no unqualified-search registries are defined in "/etc/containers/registries.conf"`,
    {
      kind: 'base-missing',
      image: 'nolocal:1',
      why: 'short-name',
      detail:
        'Error: creating build container: short-name "nolocal:1" did not resolve to an alias and no unqualified-search registries are defined in "/etc/containers/registries.conf"',
    },
  ],
  [
    'docker without BuildKit: registry out of reach',
    `Step 1/1 : FROM nolocal:1
Get "https://registry.invalid/v2/": dial tcp: lookup registry.invalid on 10.0.0.53:53: no such host`,
    {
      kind: 'base-missing',
      image: 'nolocal:1',
      why: 'network',
      detail: 'Get "https://registry.invalid/v2/": dial tcp: lookup registry.invalid on 10.0.0.53:53: no such host',
    },
  ],
  [
    'docker: not in the registry',
    `#3 [internal] load metadata for docker.io/library/debian:nope
#3 ERROR: docker.io/library/debian:nope: manifest unknown: manifest unknown`,
    {
      kind: 'base-missing',
      image: 'docker.io/library/debian:nope',
      why: 'not-found',
      detail: '#3 ERROR: docker.io/library/debian:nope: manifest unknown: manifest unknown',
    },
  ],
  [
    'docker: not for you',
    `Step 1/3 : FROM --platform=linux/amd64 private/x AS base
pull access denied for private/x, repository does not exist or may require 'docker login'`,
    {
      kind: 'base-missing',
      image: 'private/x',
      why: 'denied',
      detail: "pull access denied for private/x, repository does not exist or may require 'docker login'",
    },
  ],
  [
    'buildah: a step',
    `STEP 2/2: RUN exit 7
subprocess exited with status 7
Error: building at STEP "RUN exit 7": exit status 7`,
    { kind: 'step-failed', step: 'RUN exit 7', status: 7 },
  ],
  [
    'a step that speaks of networks is a step',
    `curl: (6) dial tcp: no such host
Error: building at STEP "RUN curl "x"": exit status 6`,
    { kind: 'step-failed', step: 'RUN curl "x"', status: 6 },
  ],
  [
    'docker without BuildKit: a step',
    "The command '/bin/sh -c exit 7' returned a non-zero code: 7",
    { kind: 'step-failed', step: '/bin/sh -c exit 7', status: 7 },
  ],
  [
    'docker 20 with BuildKit: a step',
    `#5 ERROR: executor failed running [/bin/sh -c exit 7]: exit code: 7
------
executor failed running [/bin/sh -c exit 7]: exit code: 7`,
    { kind: 'step-failed', step: '/bin/sh -c exit 7', status: 7 },
  ],
  [
    'buildx: a step',
    'ERROR: failed to solve: process "/bin/sh -c exit 7" did not complete successfully: exit code: 7',
    { kind: 'step-failed', step: '/bin/sh -c exit 7', status: 7 },
  ],
  [
    'buildah: COPY',
    'Error: building at STEP "COPY --chown=1001:0 nothere /x": checking on sources under "/c": copier: stat: "/nothere": no such file or directory',
    {
      kind: 'source-missing',
      source: 'nothere',
      detail:
        'Error: building at STEP "COPY --chown=1001:0 nothere /x": checking on sources under "/c": copier: stat: "/nothere": no such file or directory',
    },
  ],
  [
    'docker without BuildKit: COPY',
    'COPY failed: file not found in build context or excluded by .dockerignore: stat nothere: file does not exist',
    {
      kind: 'source-missing',
      source: 'nothere',
      detail: 'COPY failed: file not found in build context or excluded by .dockerignore: stat nothere: file does not exist',
    },
  ],
  [
    'docker 20 with BuildKit: COPY',
    'failed to compute cache key: "/nothere" not found: not found',
    { kind: 'source-missing', source: 'nothere', detail: 'failed to compute cache key: "/nothere" not found: not found' },
  ],
  [
    'docker 20 with BuildKit: COPY of a path in a folder that is not there',
    'failed to compute cache key: failed to walk /data/tmp/buildkit-mount3349916590/dist: lstat /data/tmp/buildkit-mount3349916590/dist: no such file or directory',
    {
      kind: 'source-missing',
      source: 'dist',
      detail:
        'failed to compute cache key: failed to walk /data/tmp/buildkit-mount3349916590/dist: lstat /data/tmp/buildkit-mount3349916590/dist: no such file or directory',
    },
  ],
  [
    'disk full, whatever else is said',
    `STEP 3/4: RUN apt-get update
Error: committing container for step {Env:[] Command:run}: copying layers: write /var/tmp/x: no space left on device`,
    {
      kind: 'disk-full',
      detail:
        'Error: committing container for step {Env:[] Command:run}: copying layers: write /var/tmp/x: no space left on device',
    },
  ],
  [
    'no daemon',
    'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    {
      kind: 'engine-unreachable',
      detail: 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    },
  ],
  ['the daemon dies', 'unexpected EOF', { kind: 'engine-unreachable', detail: 'unexpected EOF' }],
  [
    'the daemon dies during a build by BuildKit',
    '#6 0.337 waiting\ncannot write /tmp/id because server did not provide an image ID',
    { kind: 'engine-unreachable', detail: 'cannot write /tmp/id because server did not provide an image ID' },
  ],
  ['an unexpected EOF of a step is none of the daemon', 'tar: unexpected EOF in archive', undefined],
  [
    'docker without buildx',
    'the --mount option requires BuildKit. Refer to the documentation to learn how to build images with BuildKit enabled',
    {
      kind: 'no-buildkit',
      detail:
        'the --mount option requires BuildKit. Refer to the documentation to learn how to build images with BuildKit enabled',
    },
  ],
  ['no Dockerfile', 'Error: no FROM statement found', { kind: 'dockerfile-invalid', detail: 'Error: no FROM statement found' }],
  [
    'limits',
    'Error: runc: runc create failed: unable to start container process: error during container init: error setting rlimits for ready process: error setting rlimit type 7: operation not permitted: OCI permission denied',
    {
      kind: 'runtime-refused',
      detail:
        'Error: runc: runc create failed: unable to start container process: error during container init: error setting rlimits for ready process: error setting rlimit type 7: operation not permitted: OCI permission denied',
    },
  ],
  [
    'docker without a bridge',
    'executor failed running [/bin/sh -c true]: network bridge not found',
    { kind: 'runtime-refused', detail: 'executor failed running [/bin/sh -c true]: network bridge not found' },
  ],
  [
    'no such command',
    'Error: runc: runc create failed: unable to start container process: exec: "nothere": executable file not found in $PATH: OCI runtime attempted to invoke a command that was not found',
    {
      kind: 'command-not-started',
      detail:
        'Error: runc: runc create failed: unable to start container process: exec: "nothere": executable file not found in $PATH: OCI runtime attempted to invoke a command that was not found',
    },
  ],
  ['podman: image', 'Error: inspecting object: nope:1: image not known', { kind: 'image-unknown' }],
  ['docker: image', 'Error: No such image: nope:1', { kind: 'image-unknown' }],
  ['docker: tag', 'Error response from daemon: reference does not exist', { kind: 'image-unknown' }],
  ['podman: container', 'Error: no container with name or ID "x" found: no such container', { kind: 'container-unknown' }],
  [
    'docker: container',
    'Error response from daemon: Cannot kill container: x: No such container: x',
    { kind: 'container-unknown' },
  ],
  ['nothing known', 'Error: something new', undefined],
  ['nothing', '', undefined],
];

describe('what the last lines of an engine tell', () => {
  test.each(TRANSCRIPTS)('%s', (_, transcript, expected) => {
    expect(told(transcript.split('\n'))).toEqual(expected);
  });
});
