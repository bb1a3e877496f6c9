import type { Message, Words } from '../failures/message.ts';
import type { EngineFailure } from './failure.ts';

type Of<K extends EngineFailure['kind']> = Extract<EngineFailure, { kind: K }>;

/** Failures that come from what was to be built or run, not from the engine. */
type ResultFailure = Exclude<
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

/** The words of each. */
export const resultWords: Words<ResultFailure> = {
  'dockerfile-invalid': ({ path, detail }) => ({ title: `${path} is no Dockerfile that the engine can read.`, found: [detail] }),
  'base-missing': baseMissing,
  'source-missing': ({ source, context, detail }) => ({
    title: `COPY or ADD names ${quote(source)}, which is not in the build context.`,
    found: [`context: ${context}`, detail],
    checks: [
      'whether .dockerignore or .containerignore leaves it out',
      'whether what makes the file was run before (npm run build)',
    ],
  }),
  'step-failed': ({ status, step, lastLines }) => ({
    title: `A step of the build ended with status ${status}: ${step}`,
    found: lastLines,
    checks: [
      lastLines.length === 0
        ? 'the step by hand, in a container of the step before: it printed nothing'
        : 'the lines above: they are the last ones that the step printed',
      ...(status === 137 ? ['memory: 137 mostly means that the kernel ended it because none was left'] : []),
    ],
  }),
  'image-unknown': ({ engine, image }) => ({
    title: `${engine} has no image ${quote(image)}.`,
    checks: [
      `${engine} images: names are exact, with tag; "localhost/" belongs to those that were built here`,
      'whether it was built by another engine or another user: podman and buildah share images, docker has its own',
    ],
  }),
  'container-unknown': ({ engine, container }) => ({
    title: `${engine} has no running container ${quote(container)}; it has ended or never ran.`,
  }),
  'archive-invalid': ({ path, detail }) => ({
    title: `${path} is no image archive that can be loaded.`,
    found: [detail],
    expected: 'a docker-archive, as podman save and docker save write it',
    checks: ['whether it is whole: its size, and `tar -tf` to its end'],
  }),
  'command-not-started': ({ command, image, detail }) => ({
    title: `${quote(command)} could not be started in ${image}.`,
    found: [detail],
    checks: ['the name: it must be a program on the PATH of the image, or a path in it', 'its executable bit and its #! line'],
  }),
  'engine-failed': ({ engine, doing, status, lastLines }) => ({
    title: `${engine} failed at ${doing}, status ${status}.`,
    found: lastLines.length === 0 ? ['It said nothing.'] : lastLines,
  }),
};

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
