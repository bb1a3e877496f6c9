import { execa } from 'execa';
import type { ArchiveTree, TreeOutcome } from '../../../execute/effect.ts';
import { type Bytes, toBytes } from '../../common/bytes.ts';
import { createReport, note, outcomeOf } from '../../common/trees/report.ts';
import { join } from '../../common/trees/walk.ts';
import { bufferOf } from '../bytes.ts';
import { treeFiles } from './files.ts';

/**
 * Writes a tree to standard output as tar(1) does: the names are chosen here, sorted by their bytes, so that the same
 * tree gives the same stream; owner and group are 0. Nothing else is written there.
 */
export async function archiveTree(effect: ArchiveTree): Promise<TreeOutcome> {
  const report = createReport();
  const excluded = new RegExp(effect.exclude.map(patternOf).join('|') || '(?!)');
  const names: Bytes[] = [];
  const root = toBytes(effect.root);
  // A directory that only holds what is excluded is left out with it: it belongs to that.
  const visit = (below: Bytes): 'something' | 'nothing' | 'only excluded' => {
    const inside = treeFiles.list(join(root, below));
    const before = names.length;
    for (const name of inside) {
      const path = join(below, name);
      if (excluded.test(path)) continue;
      names.push(path);
      if (treeFiles.look(join(root, path))?.type === 'directory' && visit(path) === 'only excluded') names.pop();
    }
    if (names.length > before) return 'something';
    return inside.length === 0 ? 'nothing' : 'only excluded';
  };
  try {
    visit('');
  } catch (error) {
    note(report, root, error);
    return outcomeOf(report);
  }
  report.seen = names.length;
  const failure = await tar(effect.root, names);
  if (failure !== undefined) report.problems.push({ name: effect.root, reason: 'other', detail: failure });
  return outcomeOf(report);
}

/** Answers what tar said when it failed. */
async function tar(root: string, names: readonly Bytes[]): Promise<string | undefined> {
  const options = ['--create', '--file=-', '--format=gnu', '--owner=0', '--group=0', '--numeric-owner', '--no-recursion'];
  const result = await execa('tar', [...options, '-C', root, '--null', '-T', '-'], {
    input: bufferOf(names.map((name) => `${name}\0`).join('')),
    stdout: 'inherit',
    stderr: 'pipe',
    env: { TAR_OPTIONS: undefined },
    reject: false,
    cleanup: false,
  });
  return result.failed ? result.stderr.trim() || result.shortMessage : undefined;
}

/** Anchored; `*` and `?` do not match `/`. What is below an excluded directory is excluded with it. */
function patternOf(pattern: string): string {
  const source = toBytes(pattern)
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  return `^${source}(?:/|$)`;
}
