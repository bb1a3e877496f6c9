import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';
import { temporaryDirectory } from '../../support/temporary.ts';

/** An entry of a tar to be made: a header, and the content of a file. */
export type Made = Partial<Header> & { readonly name: string; readonly content?: string | Buffer };

export async function makeTar(entries: readonly Made[]): Promise<Buffer> {
  const tar = pack();
  for (const { content, ...header } of entries) tar.entry({ mtime: new Date(0), ...header }, content ?? '');
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export interface MadeImage {
  readonly layers: readonly Buffer[];
  readonly compression?: 'none' | 'gzip' | 'zstd';
  readonly history?: readonly string[];
  readonly environment?: readonly string[];
}

/** A docker-archive, with links as podman writes them; answers its path. */
export async function dockerArchive(image: MadeImage, files: readonly Made[] = []): Promise<string> {
  const layers = image.layers.map((layer) => ({ name: `${digest(layer)}.tar`, content: compressed(layer, image.compression) }));
  const configuration = configurationOf(image);
  const links = layers.map(
    ({ name }, index) => ({ name: `${index}/layer.tar`, type: 'symlink', linkname: `../${name}` }) as const,
  );
  return writeTar([
    ...unique(layers),
    { name: 'config.json', content: configuration },
    ...links,
    // Named by its link, as older programs do, when it stands there twice.
    {
      name: 'manifest.json',
      content: JSON.stringify([{ Config: 'config.json', RepoTags: ['localhost/made:1'], Layers: links.map(({ name }) => name) }]),
    },
    ...files,
  ]);
}

/** An oci-archive; answers its path. */
export async function ociArchive(image: MadeImage): Promise<string> {
  const blobs: Made[] = [];
  const add = (content: Buffer | string) => {
    const sha = digest(Buffer.from(content));
    blobs.push({ name: `blobs/sha256/${sha}`, content });
    return { digest: `sha256:${sha}` };
  };
  const layers = image.layers.map((layer) => add(compressed(layer, image.compression)));
  const manifest = add(JSON.stringify({ config: add(configurationOf(image)), layers }));
  const annotations = { 'org.opencontainers.image.ref.name': 'localhost/made:1' };
  const inner = add(JSON.stringify({ manifests: [{ ...manifest, annotations }] }));
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  return writeTar([...unique(blobs), { name: 'index.json', content: JSON.stringify({ manifests: [{ ...inner, mediaType }] }) }]);
}

export async function writeTar(entries: readonly Made[]): Promise<string> {
  const file = join(temporaryDirectory(), 'image.tar');
  writeFileSync(file, await makeTar(entries));
  return file;
}

function configurationOf({ layers, history = [], environment = [] }: MadeImage): string {
  // As Go writes JSON: with & escaped.
  return JSON.stringify({
    config: { Env: environment },
    history: history.map((created_by) => ({ created_by })),
    rootfs: { type: 'layers', diff_ids: layers.map((layer) => `sha256:${digest(layer)}`) },
  }).replaceAll('&', '\\u0026');
}

function unique(entries: readonly Made[]): readonly Made[] {
  return [...new Map(entries.map((entry) => [entry.name, entry])).values()];
}

function compressed(layer: Buffer, compression: MadeImage['compression'] = 'none'): Buffer {
  return { none: (bytes: Buffer) => bytes, gzip: gzipSync, zstd: zstdCompressSync }[compression](layer);
}

export function digest(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
