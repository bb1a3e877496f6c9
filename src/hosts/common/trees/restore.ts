import type { RestoreTree, TreeOutcome } from '../../../execute/effect.ts';
import { toBytes } from '../bytes.ts';
import type { TreeFiles } from '../files.ts';
import { placeBelow } from './place.ts';
import { createReport, outcomeOf } from './report.ts';

/** Moves a tree into another one: directories are merged, files replaced, a directory never makes room for a file. */
export function restoreTree(files: TreeFiles, effect: RestoreTree): TreeOutcome {
  const report = createReport();
  const from = toBytes(effect.from);
  const except = new Set(effect.except.map(toBytes));
  if (files.look(from) !== undefined)
    placeBelow({ files, from, to: toBytes(effect.to), report, except, mayMakeRoom: false, fresh: false }, '');
  return outcomeOf({ ...report, seen: report.changed });
}
