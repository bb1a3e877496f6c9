import type { Bytes } from '../../hosts/common/bytes.ts';
import type { ImageArchive, Layer } from './archive.ts';
import { damaged } from './parts.ts';
import { ImageArchiveError } from './problem.ts';
import { readTar } from './tar.ts';

/** A place in an image where one of the searched byte strings stands. */
export type Found =
  /** In a manifest, the configuration or its history. */
  | { readonly needle: string; readonly where: 'description'; readonly name: string }
  | { readonly needle: string; readonly where: 'content' | 'name'; readonly layer: number; readonly path: Bytes };

/**
 * Searches all of an image, hidden files too, for texts (as UTF-8). Compressed files are searched as they are, and
 * other forms of a text (percent-encoded, base64) are texts of their own. Empty texts are no texts.
 */
export async function searchImage(archive: ImageArchive, needles: readonly string[]): Promise<readonly Found[]> {
  const wanted = needles.filter((needle) => needle !== '').map((needle) => ({ needle, bytes: Buffer.from(needle, 'utf8') }));
  const found: Found[] = searchDescriptions(archive, wanted);
  for (const layer of archive.layers) {
    try {
      found.push(...(await searchLayer(layer, wanted)));
    } catch (error) {
      throw new ImageArchiveError(archive.file, damaged(`layer ${layer.index + 1}`, error));
    }
  }
  return found;
}

interface Wanted {
  readonly needle: string;
  readonly bytes: Buffer;
}

/** As they stand, and as the texts that their JSON means: `&` and others are mostly escaped there. */
function searchDescriptions({ descriptions }: ImageArchive, wanted: readonly Wanted[]): Found[] {
  return [...descriptions].flatMap(([name, json]) => {
    const texts = [json, ...textsIn(JSON.parse(json) as unknown)];
    return wanted
      .filter(({ needle }) => texts.some((text) => text.includes(needle)))
      .map(({ needle }) => ({ needle, where: 'description', name }) as const);
  });
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]);
}

async function searchLayer({ index, open }: Layer, wanted: readonly Wanted[]): Promise<readonly Found[]> {
  const found: Found[] = [];
  for await (const { name, target, content } of readTar(open())) {
    const named = Buffer.from(`${name}\0${target}`, 'latin1');
    const inName = wanted.filter(({ bytes }) => named.includes(bytes)).map(({ needle }) => needle);
    for (const needle of inName) found.push({ needle, where: 'name', layer: index, path: name });
    for (const needle of await searchContent(content, wanted)) found.push({ needle, where: 'content', layer: index, path: name });
  }
  return found;
}

/** Keeps the end of what it has seen, because a text may begin in one piece and end in the next. */
async function searchContent(content: AsyncIterable<Buffer>, wanted: readonly Wanted[]): Promise<readonly string[]> {
  const overlap = Math.max(0, ...wanted.map(({ bytes }) => bytes.length - 1));
  const found = new Set<string>();
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of content) {
    const piece = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (const { needle, bytes } of wanted) if (piece.includes(bytes)) found.add(needle);
    rest = Buffer.from(piece.subarray(Math.max(0, piece.length - overlap)));
  }
  return [...found];
}
