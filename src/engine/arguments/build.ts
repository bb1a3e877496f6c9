import type { BuildRequest, Volume } from '../engine.ts';
import type { Call, EngineProgram } from '../program.ts';

/** What an engine cannot do of a request, and what can be done instead. */
export interface Unsupported {
  readonly what: string;
  readonly instead: string;
}

/** The first thing of a request that the engine has no option for; undefined when it can do all. */
export function unsupportedBuild({ name, builder }: EngineProgram, request: BuildRequest): Unsupported | undefined {
  if (name !== 'docker') return undefined;
  if ((request.volumes ?? []).length > 0) {
    return { what: 'mount folders during a build', instead: 'RUN --mount=type=secret or type=bind in the Dockerfile' };
  }
  if (request.isolation !== undefined) return { what: 'choose the isolation of a build', instead: 'podman or buildah can' };
  if (request.format === 'oci') return { what: 'build images of the format oci', instead: 'podman or buildah can' };
  if (request.layers === 'one') return { what: 'put all of a build in one layer', instead: 'podman or buildah can' };
  if (builder === 'legacy' && (request.secrets ?? []).length > 0) {
    return {
      what: 'give secrets to a build: its client has no BuildKit',
      instead: 'apt-get install docker-buildx-plugin, or docker-buildx',
    };
  }
  return undefined;
}

/** The command line of a build. The engine writes the image's id to `idFile`. */
export function buildCall(engine: EngineProgram, request: BuildRequest, idFile: string): Call {
  return engine.name === 'docker' ? dockerBuild(engine, request, idFile) : containersBuild(engine, request, idFile);
}

function dockerBuild({ builder }: EngineProgram, request: BuildRequest, idFile: string): Call {
  const argv = [
    'build',
    // The client of the legacy builder does not know the option.
    ...(builder === 'legacy' ? [] : ['--progress=plain']),
    ...(request.cache === 'ignore' ? ['--no-cache'] : []),
    ...common(request, idFile),
    request.context,
  ];
  return { argv, environment: { DOCKER_BUILDKIT: builder === 'legacy' ? '0' : '1' } };
}

/** podman's build is buildah's, with the same options. */
function containersBuild({ name, runtime }: EngineProgram, request: BuildRequest, idFile: string): Call {
  return {
    argv: [
      ...(name === 'podman' ? runtimeOption(runtime) : []),
      'build',
      `--format=${request.format ?? 'docker'}`,
      `--layers=${request.layers === 'one' ? 'false' : 'true'}`,
      // Without it buildah keeps the container of a step that failed.
      '--force-rm',
      // The label with its version would give images of equal content different ids.
      '--identity-label=false',
      ...(request.cache === 'ignore' ? ['--no-cache'] : []),
      ...(request.isolation === undefined ? [] : [`--isolation=${request.isolation}`]),
      ...(request.volumes ?? []).map((volume) => `--volume=${volumeArgument(volume)}`),
      ...common(request, idFile),
      request.context,
    ],
  };
}

function common(request: BuildRequest, idFile: string): readonly string[] {
  return [
    `--file=${request.dockerfile}`,
    `--iidfile=${idFile}`,
    ...request.tags.map((tag) => `--tag=${tag}`),
    ...(request.network === undefined ? [] : [`--network=${request.network}`]),
    ...(request.target === undefined ? [] : [`--target=${request.target}`]),
    ...Object.entries(request.arguments ?? {}).map(([name, value]) => `--build-arg=${name}=${value}`),
    ...(request.secrets ?? []).map(({ id, file }) => `--secret=id=${id},src=${file}`),
  ];
}

export function runtimeOption(runtime: string | undefined): readonly string[] {
  return runtime === undefined ? [] : [`--runtime=${runtime}`];
}

export function volumeArgument({ source, target, access }: Volume): string {
  return `${source}:${target}:${access === 'read-only' ? 'ro' : 'rw'}`;
}
