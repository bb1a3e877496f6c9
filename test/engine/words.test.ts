import { describe, expect, test } from 'vitest';
import type { EngineFailure } from '../../src/engine/failure.ts';
import { engineExitCode, renderEngineFailure } from '../../src/engine/words.ts';

/** One of each kind, and of each way a kind can read. */
const FAILURES: readonly EngineFailure[] = [
  {
    kind: 'no-engine',
    tried: [
      { name: 'podman', found: 'no-program' },
      { name: 'docker', found: 'no-answer', detail: 'Cannot connect to the Docker daemon.' },
    ],
  },
  { kind: 'no-engine', tried: [{ name: 'docker', found: 'no-program' }] },
  { kind: 'unsupported', engine: 'docker', what: 'mount folders during a build', instead: 'RUN --mount in the Dockerfile' },
  { kind: 'file-missing', what: 'dockerfile', path: 'images/Dockerfile', problem: 'does not exist' },
  { kind: 'file-missing', what: 'context', path: '/etc/passwd', problem: 'is no folder' },
  { kind: 'engine-unreachable', engine: 'docker', detail: 'unexpected EOF' },
  { kind: 'engine-died', engine: 'podman', doing: 'the build', how: 'left-nothing', lastLines: ['STEP 2/2: RUN make'] },
  { kind: 'engine-died', engine: 'buildah', doing: 'the build', how: 'SIGKILL', lastLines: ['STEP 2/2: RUN make'] },
  { kind: 'disk-full', engine: 'docker', doing: 'the build', detail: 'write /x: no space left on device' },
  { kind: 'runtime-refused', engine: 'podman', detail: 'error setting rlimit type 7: operation not permitted' },
  { kind: 'runtime-refused', engine: 'docker', detail: 'network bridge not found' },
  { kind: 'interrupted', engine: 'podman', doing: 'the build' },
  { kind: 'dockerfile-invalid', path: '/d', detail: 'no FROM statement found' },
  { kind: 'base-missing', image: 'debian:trixie-slim', why: 'network', detail: 'no such host' },
  { kind: 'base-missing', image: 'debian:trixy', why: 'not-found', detail: 'manifest unknown' },
  { kind: 'base-missing', image: 'private/x', why: 'denied', detail: 'pull access denied' },
  { kind: 'base-missing', image: 'x', why: 'short-name', detail: 'short-name "x" did not resolve' },
  { kind: 'source-missing', source: 'dist/hooks/', context: '/c', detail: 'copier: stat: "/dist/hooks": no such file' },
  { kind: 'step-failed', step: 'RUN make', status: 2, lastLines: ['make: *** No rule', 'Error: building at STEP "RUN make"'] },
  { kind: 'step-failed', step: 'RUN make', status: 137, lastLines: [] },
  { kind: 'image-unknown', engine: 'docker', image: 'nope:1' },
  { kind: 'container-unknown', engine: 'podman', container: 'app' },
  { kind: 'archive-invalid', path: 'image.tar', detail: 'Error: payload does not match any of the supported image formats' },
  { kind: 'command-not-started', image: 'i', command: 'nothere', detail: 'executable file not found in $PATH' },
  { kind: 'engine-failed', engine: 'podman', doing: 'naming an image', status: 125, lastLines: ['Error: something new'] },
  { kind: 'engine-failed', engine: 'podman', doing: 'naming an image', status: 1, lastLines: [] },
];

describe('the words of every failure of an engine', () => {
  test('read so', () => {
    const texts = FAILURES.map((failure) => `${failure.kind} (${engineExitCode(failure)}):\n${renderEngineFailure(failure)}\n`);
    expect(texts.join('\n')).toMatchSnapshot();
  });

  test.each(FAILURES.map((failure) => [failure.kind, failure] as const))(
    '%s breaks no layout by what it quotes',
    (_, failure) => {
      const hostile = JSON.parse(JSON.stringify(failure).replaceAll('/', '/\\u001b[31m\\n')) as EngineFailure;
      expect(renderEngineFailure(hostile)).not.toContain('\u001b');
    },
  );
});
