import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, type Dirent, openSync, readdirSync } from 'node:fs';
import type { ArchiveTree, TreeOutcome } from '../../../execute/effect.ts';
import { type Bytes, toBytes } from '../../common/bytes.ts';
import { createReport, note, outcomeOf, type Report } from '../../common/trees/report.ts';
import { join } from '../../common/trees/walk.ts';
import { bufferOf, pathOf } from '../bytes.ts';

/**
 * Writes a tree as tar(1) does: the names are chosen here, sorted by their bytes, so that the same tree gives the same
 * archive; owner and group are 0. Nothing else is written to standard output.
 */
export async function archiveTree(effect: ArchiveTree): Promise<TreeOutcome> {
  const report = createReport();
  const excluded = new RegExp(effect.exclude.map(patternOf).join('|') || '(?!)');
  const names: Bytes[] = [];
  const root = toBytes(effect.root);
  // A directory that only holds what is excluded is left out with it: it belongs to that.
  const visit = (below: Bytes): 'something' | 'nothing' | 'only excluded' => {
    const inside = entriesOf(join(root, below));
    const before = names.length;
    for (const entry of inside) {
      const path = join(below, entry.name);
      if (excluded.test(path)) continue;
      names.push(path);
      if (entry.isDirectory() && visit(path) === 'only excluded') names.pop();
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
  const failure = await tarTo(effect, names, report);
  if (failure !== undefined) report.problems.push({ name: effect.root, reason: 'other', detail: failure });
  return outcomeOf(report);
}

/** Sorted by their bytes; with what each of them is, so that none has to be looked at by itself. */
function entriesOf(folder: Bytes): readonly Dirent[] {
  const entries = readdirSync(pathOf(folder), { encoding: 'latin1', withFileTypes: true });
  return entries.sort((one, other) => (one.name < other.name ? -1 : 1));
}

async function tarTo({ root, file }: ArchiveTree, names: readonly Bytes[], report: Report): Promise<string | undefined> {
  let descriptor: number | undefined;
  try {
    descriptor = file === undefined ? undefined : openSync(file, 'wx');
    return await tar(root, names, descriptor ?? 'inherit');
  } catch (error) {
    note(report, toBytes(file ?? root), error);
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Answers what tar said when it failed. */
async function tar(root: string, names: readonly Bytes[], stdout: number | 'inherit'): Promise<string | undefined> {
  const options = ['--create', '--file=-', '--format=gnu', '--owner=0', '--group=0', '--numeric-owner', '--no-recursion'];
  const env = { ...process.env, TAR_OPTIONS: undefined };
  const child = spawn('tar', [...options, '-C', root, '--null', '-T', '-'], { env, stdio: ['pipe', stdout, 'pipe'] });
  const said: Buffer[] = [];
  child.stderr?.on('data', (bytes: Buffer) => said.push(bytes));
  // A tar that ends early says itself why.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(bufferOf(names.map((name) => `${name}\0`).join('')));
  const [code, signal]: unknown[] = await once(child, 'close');
  if (code === 0) return undefined;
  return Buffer.concat(said).toString('utf8').trim() || `tar was ended: ${String(signal ?? code)}`;
}

/** Anchored; `*` and `?` do not match `/`. What is below an excluded directory is excluded with it. */
function patternOf(pattern: string): string {
  const source = toBytes(pattern)
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  return `^${source}(?:/|$)`;
}
