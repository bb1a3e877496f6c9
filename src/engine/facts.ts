import type { EngineName, ImageFacts } from './engine.ts';

/** Parsed edge: what the engines print, with different names for the same things. */
interface Config {
  readonly User?: string;
  readonly WorkingDir?: string;
  readonly Env?: readonly string[] | null;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly Entrypoint?: readonly string[] | null;
  readonly Cmd?: readonly string[] | null;
  readonly ExposedPorts?: Readonly<Record<string, unknown>> | null;
  readonly Volumes?: Readonly<Record<string, unknown>> | null;
  readonly OnBuild?: readonly string[] | null;
}

interface Inspected {
  readonly Id: string;
  readonly Architecture: string;
  readonly Config?: Config | null;
  readonly RootFS: { readonly Layers?: readonly string[] | null };
}

interface InspectedByBuildah {
  readonly FromImageID: string;
  readonly Docker: {
    readonly architecture: string;
    readonly config?: Config | null;
    readonly rootfs?: { readonly diff_ids?: readonly string[] | null } | null;
  };
}

/** Reads what `inspect` printed. Throws when it is no JSON of that engine. */
export function parseFacts(engine: EngineName, printed: string): ImageFacts {
  if (engine === 'buildah') {
    const { FromImageID, Docker } = JSON.parse(printed) as InspectedByBuildah;
    return facts(FromImageID, Docker.architecture, Docker.config ?? {}, Docker.rootfs?.diff_ids ?? []);
  }
  const [image] = JSON.parse(printed) as readonly Inspected[];
  if (image === undefined) throw new Error('inspect printed no image');
  return facts(image.Id, image.Architecture, image.Config ?? {}, image.RootFS.Layers ?? []);
}

function facts(id: string, architecture: string, config: Config, layers: readonly string[]): ImageFacts {
  return {
    id: withoutAlgorithm(id),
    architecture,
    user: config.User ?? '',
    directory: config.WorkingDir ?? '',
    environment: Object.fromEntries((config.Env ?? []).map(splitEntry)),
    labels: config.Labels ?? {},
    entrypoint: config.Entrypoint ?? [],
    command: config.Cmd ?? [],
    ports: Object.keys(config.ExposedPorts ?? {}).sort(),
    volumes: Object.keys(config.Volumes ?? {}).sort(),
    onBuild: config.OnBuild ?? [],
    layers,
  };
}

function splitEntry(entry: string): readonly [string, string] {
  const at = entry.indexOf('=');
  return at < 0 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)];
}

/** podman prints ids without it, docker with it. */
export function withoutAlgorithm(id: string): string {
  return id.trim().replace(/^sha256:/, '');
}
