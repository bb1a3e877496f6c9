import { chmodSync, lchownSync, lstatSync, readdirSync, realpathSync, type Stats } from 'node:fs';
import type { TreeOutcome } from '../../../execute/effect.ts';
import { type Bytes, toBytes } from '../../common/bytes.ts';
import { createReport, note, noteOnce, outcomeOf, type Report } from '../../common/trees/report.ts';
import { pathOf } from '../bytes.ts';
import { isDirectory, isLink, wantedMode } from './modes.ts';
import { createStand, type Stand } from './stand.ts';

interface Walk {
  readonly report: Report;
  readonly uid: number;
  /** Directories from the argument down to where the walk stands, for messages. */
  readonly path: Bytes[];
  readonly stand: Stand;
  /** Set once the system said that group 0 is not ours to give. */
  groupDenied: boolean;
}

/**
 * Gives a tree to group 0 (B75 to B77, B79): one walk that stands in each directory in turn, so that names stay short and
 * no link on the way can lead it elsewhere. Links get the group too, but are never followed.
 */
export function normaliseTree(path: string): TreeOutcome {
  const report = createReport();
  let stand: Stand | undefined;
  try {
    const real = realpathSync.native(path);
    const stats = lstatSync(real);
    const slash = real.lastIndexOf('/');
    stand = createStand();
    stand.enter(toBytes(real.slice(0, slash) || '/'));
    const walk: Walk = { report, uid: process.getuid?.() ?? 0, path: [toBytes(path)], stand, groupDenied: false };
    visit(walk, toBytes(real.slice(slash + 1) || '.'), stats);
    stand.verify();
  } catch (error) {
    note(report, toBytes(path), error);
  } finally {
    stand?.leaveAll();
  }
  return outcomeOf(report);
}

function visit(walk: Walk, name: Bytes, stats: Stats): void {
  walk.report.seen += 1;
  if (needsChange(stats)) fix(walk, name, stats);
  if (!isDirectory(stats.mode)) return;
  if (attempt(walk, name, stats, () => walk.stand.enter(name, stats)) === failed) return;
  const names = attempt(walk, name, stats, () => readdirSync('.', 'latin1'));
  walk.path.push(name);
  if (names !== failed) visitAll(walk, names);
  walk.path.pop();
  walk.stand.leave();
}

function visitAll(walk: Walk, names: readonly Bytes[]): void {
  for (const name of names) {
    const stats = lstatSync(pathOf(name), { throwIfNoEntry: false });
    if (stats !== undefined) visit(walk, name, stats);
  }
}

const failed = Symbol('failed');

/** A directory that cannot be entered or read is passed over. */
function attempt<T>(walk: Walk, name: Bytes, stats: Stats, act: () => T): T | typeof failed {
  try {
    return act();
  } catch (error) {
    // What somebody else keeps to himself is none of ours to change anyway (B77): a server's folder for its control socket.
    if (stats.uid === walk.uid) noteOnce(walk.report, shownPath(walk, name), error);
    else walk.report.skipped += 1;
    return failed;
  }
}

function needsChange(stats: Stats): boolean {
  return stats.gid !== 0 || (!isLink(stats.mode) && wantedMode(stats.mode) !== stats.mode);
}

function fix(walk: Walk, name: Bytes, stats: Stats): void {
  if (walk.uid !== 0 && stats.uid !== walk.uid) {
    walk.report.skipped += 1;
    return;
  }
  walk.stand.verify();
  const grouped = stats.gid === 0 || giveGroup(walk, name);
  let mode = stats.mode;
  // The kernel drops set-id bits with the group; they must not come back with the mode.
  if (stats.gid !== 0 && (mode & 0o6000) !== 0) mode = lstatSync(pathOf(name)).mode;
  if (isLink(mode)) {
    walk.report.changed += grouped ? 1 : 0;
    return;
  }
  try {
    if (wantedMode(mode) !== mode) chmodSync(pathOf(name), wantedMode(mode) & 0o7777);
    walk.report.changed += 1;
  } catch (error) {
    noteOnce(walk.report, shownPath(walk, name), error);
  }
}

/** False, with one note for the whole tree, when this user is no member of group 0 (B80). */
function giveGroup(walk: Walk, name: Bytes): boolean {
  if (!walk.groupDenied) {
    try {
      lchownSync(pathOf(name), -1, 0);
      return true;
    } catch (error) {
      noteOnce(walk.report, shownPath(walk, name), error);
      walk.groupDenied = true;
    }
  }
  walk.report.skipped += 1;
  return false;
}

function shownPath(walk: Walk, name: Bytes): Bytes {
  const [argument = '', , ...below] = walk.path;
  return walk.path.length === 1 ? argument : [argument, ...below, name].join('/');
}
