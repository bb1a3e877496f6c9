import * as posix from 'posix';
import type { Effect, Outcome, TreeOutcome, TreeProblem } from '../../execute/effect.ts';
import { type Bytes, shown } from '../common/bytes.ts';
import type { TreeFiles } from '../common/files.ts';
import { problemNamed } from '../common/problems.ts';
import { importTree } from '../common/trees/import.ts';

export type TreeEffect = Extract<
  Effect,
  { readonly kind: 'import-tree' | 'normalise-tree' | 'remove-tree' | 'archive-tree' | 'scan-tree' }
>;

/** Performs what works on whole trees: what decides is shared with Node, what walks is C. */
export function performTree(effect: TreeEffect, files: TreeFiles): Outcome {
  switch (effect.kind) {
    case 'import-tree':
      return importTree(files, effect);
    case 'normalise-tree':
      return outcomeOf(posix.normaliseTree(posix.toBytes(effect.path)));
    case 'remove-tree':
      return outcomeOf(posix.removeTree(posix.toBytes(effect.path)));
    case 'archive-tree': {
      const file = effect.file === undefined ? null : posix.toBytes(effect.file);
      return outcomeOf(posix.archiveTree(file, posix.toBytes(effect.root), effect.exclude.map(posix.toBytes)));
    }
    case 'scan-tree': {
      const needles = effect.needles.filter((needle) => needle !== '').map(posix.toBytes);
      if (needles.length === 0) return { kind: 'scanned', seen: 0, hits: [] };
      const { seen, hits } = posix.scanTree(posix.toBytes(effect.root), needles);
      return { kind: 'scanned', seen, hits: hits.map(shown) };
    }
  }
}

function outcomeOf({ seen, changed, removed, skipped, problems }: posix.TreeReport): TreeOutcome {
  return { kind: 'tree', seen, changed, removed, copied: 0, skipped, kept: [], problems: problems.map(problemOf) };
}

function problemOf({ name, errno }: { readonly name: Bytes; readonly errno: number }): TreeProblem {
  return problemNamed(name, posix.errorName(errno));
}
