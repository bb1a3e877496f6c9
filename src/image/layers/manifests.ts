import { damaged, type Part, type Parts, partNamed, readPart } from './parts.ts';
import { ImageArchiveError } from './problem.ts';

/** What the descriptions in an archive say. */
export interface Described {
  readonly format: 'docker-archive' | 'oci-archive';
  readonly names: readonly string[];
  readonly descriptions: ReadonlyMap<string, string>;
  readonly layers: readonly { readonly digest: string; readonly part: Part }[];
}

/** Parsed edges. */
interface DockerManifest {
  readonly Config: string;
  readonly RepoTags?: readonly string[] | null;
  readonly Layers: readonly string[];
}

interface Configuration {
  readonly rootfs: { readonly diff_ids: readonly string[] };
}

interface Descriptor {
  readonly mediaType?: string;
  readonly digest: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface OciIndex {
  readonly manifests: readonly Descriptor[];
}

interface OciManifest {
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

export async function dockerImage(file: string, parts: Parts): Promise<Described> {
  const read = reader(file, parts);
  const manifests = await read.json<readonly DockerManifest[]>('manifest.json');
  const [manifest, ...others] = manifests;
  if (manifest === undefined) throw new ImageArchiveError(file, { kind: 'no-archive' });
  if (others.length > 0) {
    const names = manifests.map(({ RepoTags, Config }) => RepoTags?.join(', ') ?? Config);
    throw new ImageArchiveError(file, { kind: 'several-images', names });
  }
  const { rootfs } = await read.json<Configuration>(manifest.Config);
  const layers = manifest.Layers.map((name, index) => ({
    digest: rootfs.diff_ids[index] ?? '',
    part: partNamed(file, parts, name),
  }));
  return { format: 'docker-archive', names: manifest.RepoTags ?? [], descriptions: read.texts, layers };
}

export async function ociImage(file: string, parts: Parts): Promise<Described> {
  const read = reader(file, parts);
  let { manifests } = await read.json<OciIndex>('index.json');
  // An index may lead to an index, as for several architectures.
  while (manifests.length === 1 && manifests[0]?.mediaType?.includes('index') === true) {
    ({ manifests } = await read.json<OciIndex>(blob(manifests[0])));
  }
  const [only, ...others] = manifests;
  if (only === undefined) throw new ImageArchiveError(file, { kind: 'no-archive' });
  if (others.length > 0) {
    throw new ImageArchiveError(file, {
      kind: 'several-images',
      names: manifests.map((manifest) => nameOf(manifest) ?? manifest.digest),
    });
  }
  const manifest = await read.json<OciManifest>(blob(only));
  const { rootfs } = await read.json<Configuration>(blob(manifest.config));
  const layers = manifest.layers.map((layer, index) => ({
    digest: rootfs.diff_ids[index] ?? '',
    part: partNamed(file, parts, blob(layer)),
  }));
  const name = nameOf(only);
  return { format: 'oci-archive', names: name === undefined ? [] : [name], descriptions: read.texts, layers };
}

function nameOf({ annotations }: Descriptor): string | undefined {
  return annotations?.['org.opencontainers.image.ref.name'];
}

function blob({ digest }: Descriptor): string {
  return `blobs/${digest.replace(':', '/')}`;
}

/** Reads descriptions, and remembers their texts. */
function reader(file: string, parts: Parts) {
  const texts = new Map<string, string>();
  return {
    texts,
    json: async <Shape>(name: string): Promise<Shape> => {
      const text = (await readPart(file, partNamed(file, parts, name))).toString('utf8');
      texts.set(name, text);
      try {
        return JSON.parse(text) as Shape;
      } catch (error) {
        throw new ImageArchiveError(file, damaged(name, error));
      }
    },
  };
}
