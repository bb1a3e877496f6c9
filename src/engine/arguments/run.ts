import type { RunRequest } from '../engine.ts';
import type { Call, EngineProgram } from '../program.ts';
import { runtimeOption, volumeArgument } from './build.ts';

/** The command line that runs a container to its end, removes it, and never downloads. Not for buildah. */
export function runCall(engine: EngineProgram, request: RunRequest): Call {
  return {
    argv: [
      ...(engine.name === 'podman' ? runtimeOption(engine.runtime) : []),
      'run',
      '--rm',
      '--pull=never',
      `--name=${request.name}`,
      ...process(engine, request),
      ...files(engine, request),
      ...limits(engine, request),
      request.image,
      ...(request.command ?? []),
    ],
  };
}

function process({ name }: EngineProgram, request: RunRequest): readonly string[] {
  return [
    ...(request.user === undefined ? [] : [`--user=${request.user}`]),
    ...(request.passwd === 'image' && name === 'podman' ? ['--passwd=false'] : []),
    ...(request.network === undefined ? [] : [`--network=${request.network}`]),
    ...(request.init === 'engine' ? ['--init'] : []),
    ...(request.capabilities === 'none' ? ['--cap-drop=ALL', '--security-opt=no-new-privileges'] : []),
    ...Object.entries(request.environment ?? {}).map(([name, value]) => `--env=${name}=${value}`),
  ];
}

function files({ name }: EngineProgram, request: RunRequest): readonly string[] {
  return [
    ...(request.rootFilesystem === 'read-only' ? ['--read-only'] : []),
    // podman would put file systems in memory on /tmp, /run and others.
    ...(request.rootFilesystem === 'read-only' && name === 'podman' ? ['--read-only-tmpfs=false'] : []),
    ...(request.temporary ?? []).map((path) => `--tmpfs=${path}`),
    ...(request.volumes ?? []).map((volume) => `--volume=${volumeArgument(volume)}`),
  ];
}

function limits({ name }: EngineProgram, request: RunRequest): readonly string[] {
  return [
    // docker leaves the limits of its daemon as they are unless it is told otherwise.
    ...(request.limits === 'host' && name === 'podman' ? ['--ulimit=host'] : []),
    ...(request.memory === undefined ? [] : [`--memory=${request.memory}b`]),
    ...(request.processors === undefined ? [] : [`--cpus=${request.processors}`]),
  ];
}
