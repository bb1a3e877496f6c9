import type { Bytes } from '../../hosts/common/bytes.ts';
import type { LayerEntry } from './entries.ts';

/** Content that is stored in more than one layer. */
export interface Repeat {
  readonly digest: string;
  /** Bytes, once. */
  readonly size: number;
  /** Every place, the base's first. */
  readonly places: readonly Place[];
}

export interface Place {
  /** From 0, the base's first. */
  readonly layer: number;
  readonly path: Bytes;
}

/** Files up to this size are not payload: a marker or an `__init__.py` is in every image. Bytes. */
export const PAYLOAD_ABOVE = 4096;

/** Regular files larger than `above` whose content stands in two layers or more, the largest first. */
export function repeatedPayload(layers: readonly (readonly LayerEntry[])[], above: number = PAYLOAD_ABOVE): readonly Repeat[] {
  const contents = new Map<string, { readonly size: number; readonly places: Place[] }>();
  for (const [layer, entries] of layers.entries()) {
    for (const entry of entries) {
      if (entry.type !== 'file' || entry.size <= above) continue;
      const known = contents.get(entry.digest) ?? { size: entry.size, places: [] };
      known.places.push({ layer, path: entry.path });
      contents.set(entry.digest, known);
    }
  }
  return [...contents]
    .filter(([, { places }]) => new Set(places.map(({ layer }) => layer)).size > 1)
    .map(([digest, content]) => ({ digest, ...content }))
    .sort((a, b) => b.size - a.size);
}
