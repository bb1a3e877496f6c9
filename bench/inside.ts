/** The part of the bench that runs as root in a mount namespace of its own. Takes its job as JSON, writes results.json. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Bench, Contender, Job } from './bench.ts';
import { groupsOf, measureHooks } from './measure.ts';
import type { Measured } from './report/results.ts';
import { addFolder, addPackages, addScript, addTree, buildApplications, buildServed, giveAway } from './root/applications.ts';
import { addBaseline, addNativeHooks, addOurHooks, addUser } from './root/hooks.ts';
import { inRoot, mountRoot, type Root, unmountRoot } from './root/overlay.ts';
import { places } from './root/places.ts';
import { assembleIn } from './root/stored.ts';
import { type HookRow, type OwnRow, rows } from './rows.ts';

export interface Results {
  readonly python: string;
  readonly measured: readonly Measured[];
  /** Rows that cannot be measured here, with the reason. */
  readonly left: readonly string[];
}

const job: Job = JSON.parse(process.argv[2] ?? '') as Job;
const wanted = rows.filter((row) => job.only.length === 0 || job.only.includes(row.id));
const left: string[] = [];
const hookRows = wanted.filter((row): row is HookRow => 'command' in row && isPossible(row));
const ownRows = wanted.filter((row): row is OwnRow => 'measure' in row);
const contenders = await prepare();
const bench: Bench = { job, contenders };
const python = await inRoot(contenders[0].root, ['/usr/bin/python3', '--version']);
const measured: Measured[] = [];
for (const group of groupsOf(hookRows)) {
  say(group[0]?.title ?? '');
  measured.push(...(await measureHooks(group, bench)));
}
for (const row of ownRows) await measureOwn(row);
measured.sort((one, other) => place(one) - place(other));
const results: Results = { python: python.replace('Python ', ''), measured, left };
writeFileSync(join(job.folder, 'results.json'), JSON.stringify(results));

function isPossible({ needs, title }: HookRow): boolean {
  const missing = needs !== undefined && !existsSync(needs);
  if (missing) left.push(`${title}: there is no ${needs}`);
  return !missing;
}

function place({ id }: Measured): number {
  return wanted.findIndex((row) => row.id === id);
}

async function measureOwn({ measure, ...goal }: OwnRow): Promise<void> {
  say(goal.title);
  const answer = await measure(bench);
  if (typeof answer === 'string') left.push(`${goal.title}: ${answer}`);
  else measured.push({ ...goal, ...answer });
}

/** Builds the roots: equal but for the hooks. */
async function prepare(): Promise<readonly [Contender, ...Contender[]]> {
  say('building the root and its applications');
  const folder = join(job.folder, 'ours');
  const first = await mountRoot(folder);
  mkdirSync(join(first.path, places.bench), { recursive: true });
  addUser(first);
  if (hookRows.length > 0) await buildApplications(first);
  if (hookRows.some(({ application }) => application.startsWith('serve'))) await buildServed(first);
  const library = await inRoot(first, ['/usr/bin/python3', '-c', 'import sys; print("python%d.%d" % sys.version_info[:2])']);
  await unmountRoot(first);
  await fill(first.upper, library);
  const others = (['native', 'baseline'] as const).filter((name) => job[name] !== undefined);
  for (const name of others) {
    mkdirSync(join(job.folder, name));
    await execa('cp', ['-a', first.upper, join(job.folder, `${name}/upper`)]);
  }
  const node: Contender = { name: 'node', root: await mountRoot(folder) };
  addOurHooks(node.root, job);
  const made: Contender[] = [];
  for (const name of others) made.push({ name, root: await mountRoot(join(job.folder, name)) });
  for (const { name, root } of made) {
    if (name === 'native') addNative(root);
    else await addOther(root);
  }
  for (const { name, root } of [node, ...made]) if (name !== 'baseline') await assembleAll(root);
  return [node, ...made];
}

function addNative(root: Root): void {
  addNativeHooks(root, job.native ?? '');
  if (wanted.some(({ id }) => id === 'native-fix-permissions-one')) addFolder(join(root.path, places.folder), 100_000);
}

async function addOther(root: Root): Promise<void> {
  await addBaseline(root, job.baseline ?? '');
  if (wanted.some(({ id }) => id.endsWith('serve-mod-wsgi'))) addScript(root);
}

async function assembleAll(root: Root): Promise<void> {
  for (const application of ['flask-stored', 'django-stored'] as const) {
    if (hookRows.some((row) => row.application === application)) await assembleIn(root, application);
  }
}

/** Many files are written where no overlay is in between: that takes a third of the time. */
async function fill(upper: string, library: string): Promise<void> {
  const named = (word: string) => wanted.some((row) => row.id.replace(/^native-/, '').startsWith(word));
  if (named('assemble-many')) addPackages(upper, library, 100, 80);
  if (named('fix-permissions')) addTree(upper, 1000, 100);
  await giveAway(upper);
}

function say(text: string): void {
  process.stderr.write(`bench: ${text}\n`);
}
