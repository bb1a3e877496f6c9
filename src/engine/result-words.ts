import type { Message } from '../failures/message.ts';
import type { EngineFailure } from './failure.ts';

type Of<K extends EngineFailure['kind']> = Extract<EngineFailure, { kind: K }>;

/** Failures that come from what was to be built or run, not from the engine. */
export type ResultFailure = Exclude<
  EngineFailure,
  Of<
    | 'no-engine'
    | 'unsupported'
    | 'file-missing'
    | 'engine-unreachable'
    | 'engine-died'
    | 'disk-full'
    | 'runtime-refused'
    | 'interrupted'
  >
>;

/** The words of one of them. */
export function resultMessage(failure: ResultFailure): Message {
  switch (failure.kind) {
    case 'dockerfile-invalid':
      return { title: `${failure.path} is no Dockerfile that the engine can read.`, found: [failure.detail] };
    case 'base-missing':
      return baseMissing(failure);
    case 'source-missing':
      return {
        title: `COPY or ADD names ${quote(failure.source)}, which is not in the build context.`,
        found: [`context: ${failure.context}`, failure.detail],
        checks: [
          'whether .dockerignore or .containerignore leaves it out',
          'whether what makes the file was run before (npm run build)',
        ],
      };
    case 'step-failed':
      return {
        title: `A step of the build ended with status ${failure.status}: ${failure.step}`,
        found: failure.lastLines,
        checks: [
          failure.lastLines.length === 0
            ? 'the step by hand, in a container of the step before: it printed nothing'
            : 'the lines above: they are the last ones that the step printed',
          ...(failure.status === 137 ? ['memory: 137 mostly means that the kernel ended it because none was left'] : []),
        ],
      };
    case 'image-unknown':
      return {
        title: `${failure.engine} has no image ${quote(failure.image)}.`,
        checks: [
          `${failure.engine} images: names are exact, with tag; "localhost/" belongs to those that were built here`,
          'whether it was built by another engine or another user: podman and buildah share images, docker has its own',
        ],
      };
    case 'container-unknown':
      return { title: `${failure.engine} has no running container ${quote(failure.container)}; it has ended or never ran.` };
    case 'archive-invalid':
      return {
        title: `${failure.path} is no image archive that can be loaded.`,
        found: [failure.detail],
        expected: 'a docker-archive, as podman save and docker save write it',
        checks: ['whether it is whole: its size, and `tar -tf` to its end'],
      };
    case 'command-not-started':
      return {
        title: `${quote(failure.command)} could not be started in ${failure.image}.`,
        found: [failure.detail],
        checks: [
          'the name: it must be a program on the PATH of the image, or a path in it',
          'its executable bit and its #! line',
        ],
      };
    case 'engine-failed':
      return {
        title: `${failure.engine} failed at ${failure.doing}, status ${failure.status}.`,
        found: failure.lastLines.length === 0 ? ['It said nothing.'] : failure.lastLines,
      };
  }
}

function baseMissing({ image, why, detail }: Of<'base-missing'>): Message {
  return {
    title: `The base image ${quote(image)} could not be had: ${REASONS[why]}.`,
    found: [detail],
    checks: BASE_CHECKS[why],
  };
}

const REASONS = {
  network: 'its registry cannot be reached',
  'not-found': 'its registry does not have it',
  denied: 'its registry does not give it to you',
  'short-name': 'its name does not say which registry has it',
} as const;

const BASE_CHECKS: Readonly<Record<Of<'base-missing'>['why'], readonly string[]>> = {
  network: [
    'the network, its proxy (HTTPS_PROXY) and the certificates of the proxy (/etc/containers/certs.d, /etc/docker/certs.d)',
    'without a network: load the image from an archive (podman load -i FILE, docker load -i FILE)',
  ],
  'not-found': ['the spelling of name and tag', 'private images: log in first; most registries say "not found" to strangers'],
  denied: [
    'podman login or docker login for that registry',
    'the spelling of the name: some registries refuse what does not exist',
  ],
  'short-name': [
    'write the whole name in FROM, as docker.io/library/debian:trixie-slim',
    'unqualified-search-registries in /etc/containers/registries.conf',
  ],
};

function quote(value: string): string {
  return `"${value}"`;
}
