import { pipeline, type Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { type Described, dockerImage, ociImage } from './manifests.ts';
import { openPart, type Parts, readPart, readParts } from './parts.ts';
import { ImageArchiveError } from './problem.ts';

/** An image in a file, as `podman save` and `docker save` write it. */
export interface ImageArchive {
  readonly file: string;
  readonly format: 'docker-archive' | 'oci-archive';
  /** Names of the image that stand in the archive. */
  readonly names: readonly string[];
  /** The texts that describe the image: manifests and configuration with its history, by their names in the archive. */
  readonly descriptions: ReadonlyMap<string, string>;
  /** The base's first. */
  readonly layers: readonly Layer[];
}

export interface Layer {
  /** From 0, the base's first. */
  readonly index: number;
  /** `sha256:…` of its uncompressed tar, as the configuration says. */
  readonly digest: string;
  readonly compression: 'none' | 'gzip' | 'zstd';
  /** Bytes in the archive. */
  readonly stored: number;
  /** Its uncompressed tar. */
  readonly open: () => Readable;
}

/** Opens an archive of one image. Throws an ImageArchiveError for everything else. */
export async function openImageArchive(file: string): Promise<ImageArchive> {
  const parts = await readParts(file);
  const described = await describe(file, parts);
  const layers = await Promise.all(described.layers.map((layer, index) => createLayer(file, index, layer)));
  const { format, names, descriptions } = described;
  return { file, format, names, descriptions, layers };
}

/** docker-archives of newer programs have an index.json too, and then say the same in both. */
async function describe(file: string, parts: Parts): Promise<Described> {
  if (parts.has('manifest.json')) return dockerImage(file, parts);
  if (parts.has('index.json')) return ociImage(file, parts);
  throw new ImageArchiveError(file, { kind: 'no-archive' });
}

async function createLayer(file: string, index: number, { digest, part }: Described['layers'][number]): Promise<Layer> {
  const head = await readPart(file, { offset: part.offset, size: Math.min(4, part.size) });
  const compression = compressionOf(head);
  return { index, digest, compression, stored: part.size, open: () => uncompressed(openPart(file, part), compression) };
}

/** By its first bytes: media types are not always right, and docker-archives have none. */
function compressionOf(head: Buffer): Layer['compression'] {
  if (head.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b]))) return 'gzip';
  return head.equals(Buffer.from([0x28, 0xb5, 0x2f, 0xfd])) ? 'zstd' : 'none';
}

function uncompressed(stream: Readable, compression: Layer['compression']): Readable {
  if (compression === 'none') return stream;
  const decompress = compression === 'gzip' ? createGunzip() : createZstdDecompress();
  // Errors of the file come out of what is returned.
  return pipeline(stream, decompress, () => undefined);
}
