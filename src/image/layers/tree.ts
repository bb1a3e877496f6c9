import type { Bytes } from '../../hosts/common/bytes.ts';
import type { LayerEntry } from './entries.ts';

/** An entry that a container of the image sees, and the layer that it comes from. */
export type VisibleEntry = Exclude<LayerEntry, { readonly type: 'whiteout' | 'opaque' }> & { readonly layer: number };

export interface ImageTree {
  /** By path; a directory that no layer mentions has no entry. */
  readonly visible: ReadonlyMap<Bytes, VisibleEntry>;
  /** Regular files that a layer above covers or takes away: their bytes are moved and stored, and never seen. */
  readonly hidden: readonly VisibleEntry[];
}

/** Lays the layers over each other, the base's first. */
export function mergeLayers(layers: readonly (readonly LayerEntry[])[]): ImageTree {
  const visible = new Map<Bytes, VisibleEntry>();
  const hidden: VisibleEntry[] = [];
  for (const [layer, entries] of layers.entries()) {
    // Whiteouts concern the layers below only, wherever they stand in the tar.
    for (const { type, path } of entries) {
      if (type === 'whiteout' || type === 'opaque') takeAway(visible, hidden, path, type);
    }
    for (const entry of entries) {
      if (entry.type !== 'whiteout' && entry.type !== 'opaque') place(visible, hidden, { ...entry, layer });
    }
  }
  return { visible, hidden };
}

function place(visible: Map<Bytes, VisibleEntry>, hidden: VisibleEntry[], entry: VisibleEntry): void {
  const before = visible.get(entry.path);
  // A directory goes on as the same directory; anything else takes the place of all that was there.
  if (before?.type === 'directory' && entry.type !== 'directory') takeAway(visible, hidden, entry.path, 'whiteout');
  else if (before !== undefined) hide(hidden, before, entry.layer);
  visible.set(entry.path, entry);
}

function takeAway(visible: Map<Bytes, VisibleEntry>, hidden: VisibleEntry[], path: Bytes, what: 'whiteout' | 'opaque'): void {
  const below = path === '' ? '' : `${path}/`;
  for (const [candidate, entry] of visible) {
    // An opaque directory stays itself.
    if (candidate === path ? what === 'opaque' : !candidate.startsWith(below)) continue;
    visible.delete(candidate);
    hide(hidden, entry, undefined);
  }
}

function hide(hidden: VisibleEntry[], entry: VisibleEntry, by: number | undefined): void {
  if (entry.type === 'file' && entry.size > 0 && entry.layer !== by) hidden.push(entry);
}
