import type { Effect, Outcome } from '../../../execute/effect.ts';
import { importTree } from '../../common/trees/import.ts';
import { removeTree } from '../../common/trees/remove.ts';
import { treeFiles } from './files.ts';
import { normaliseTree } from './normalise.ts';
import { scanTree } from './scan.ts';

export type TreeEffect = Extract<
  Effect,
  { readonly kind: 'import-tree' | 'normalise-tree' | 'remove-tree' | 'archive-tree' | 'scan-tree' }
>;

/** Performs what works on whole trees. Names in them are bytes and never leave this folder undecoded. */
export function performTree(effect: TreeEffect): Outcome | Promise<Outcome> {
  switch (effect.kind) {
    case 'import-tree':
      return importTree(treeFiles, effect);
    case 'normalise-tree':
      return normaliseTree(effect.path);
    case 'remove-tree':
      return removeTree(treeFiles, effect.path);
    case 'scan-tree':
      return scanTree(effect);
    case 'archive-tree':
      return import('./archive.ts').then(({ archiveTree }) => archiveTree(effect));
  }
}
