/** The part of the bench that runs as root in a mount namespace of its own. Takes its job as JSON, writes results.json. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { HostName } from '../src/hosts/capabilities.ts';
import type { Measured, Sample } from './report/results.ts';
import { addPackages, addTree, buildApplications, giveAway } from './root/applications.ts';
import { addBaseline, addNativeHooks, addOurHooks, addUser } from './root/hooks.ts';
import { inRoot, mountRoot, type Root, showAt, unmountRoot } from './root/overlay.ts';
import { imageEnvironment, places, user } from './root/places.ts';
import { type Row, rows } from './rows.ts';

export interface Job {
  /** An empty folder for the roots. */
  readonly folder: string;
  readonly project: string;
  /** Folder of the bundled hooks. */
  readonly bundles: string;
  readonly baseline?: string;
  /** The native executable; absent where no row needs it. */
  readonly native?: string;
  readonly rounds: number;
  /** Rows to measure; all when empty. */
  readonly only: readonly string[];
}

export interface Results {
  readonly python: string;
  readonly measured: readonly Measured[];
}

interface Contender {
  readonly name: HostName | 'baseline';
  readonly root: Root;
}

const job: Job = JSON.parse(process.argv[2] ?? '') as Job;
const wanted = rows.filter((row) => job.only.length === 0 || job.only.includes(row.id));
const contenders = await prepare();
const python = await inRoot(contenders[0].root, ['/usr/bin/python3', '--version']);
const measured: Measured[] = [];
for (const row of wanted) measured.push(await measure(row));
const results: Results = { python: python.replace('Python ', ''), measured };
writeFileSync(join(job.folder, 'results.json'), JSON.stringify(results));

/** Builds the roots: equal but for the hooks. */
async function prepare(): Promise<readonly [Contender, ...Contender[]]> {
  say('building the root and its applications');
  const folder = join(job.folder, 'ours');
  const first = await mountRoot(folder);
  mkdirSync(join(first.path, places.bench), { recursive: true });
  addUser(first);
  await buildApplications(first);
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
    if (name === 'native') addNativeHooks(root, job.native ?? '');
    else await addBaseline(root, job.baseline ?? '');
  }
  return [node, ...made];
}

/** Many files are written where no overlay is in between: that takes a third of the time. */
async function fill(upper: string, library: string): Promise<void> {
  const named = (word: string) => wanted.some((row) => row.id.replace(/^native-/, '').startsWith(word));
  if (named('assemble-many')) addPackages(upper, library, 100, 80);
  if (named('fix-permissions')) addTree(upper, 1000, 100);
  await giveAway(upper);
}

async function measure(row: Row): Promise<Measured> {
  say(row.title);
  const running = contenders.filter(({ name }) => name === row.host || (name === 'baseline' && row.of === 'both'));
  const hides = running.map(({ root }) => showAt(root, join(places.bench, row.application), places.appRoot));
  const work = { rounds: job.rounds, warmups: 3, contenders: running.map((contender) => contenderOf(row, contender)) };
  const script = join(job.project, 'bench/measure.py');
  const options = { input: JSON.stringify(work), stderr: 'inherit', reject: false } as const;
  const { stdout, failed } = await execa('/usr/bin/python3', [script], options);
  // It has said what is wrong.
  if (failed) process.exit(1);
  for (const hide of hides) hide();
  const { [row.host]: ours = [], baseline } = JSON.parse(stdout) as Partial<Record<Contender['name'], Sample[]>>;
  const { id, title, target, memory } = row;
  return {
    id,
    title,
    ours,
    ...(target === undefined ? {} : { target }),
    ...(memory === undefined ? {} : { memory }),
    ...(baseline === undefined ? {} : { baseline }),
  };
}

function contenderOf(row: Row, { name, root }: Contender): object {
  const program = row.command.program.find((path) => existsSync(join(root.path, path)));
  if (program === undefined) throw new Error(`the root of ${name} has no ${row.command.program.join(' or ')}`);
  return {
    name,
    root: root.path,
    directory: row.prepare === 'sources' || /(^|-)run/.test(row.id) ? places.home : '/',
    argv: [program, ...row.command.arguments],
    environment: { ...imageEnvironment, ...row.environment },
    exit: row.exit,
    user: user.id,
    group: user.group,
    prepare: {
      kind: row.prepare,
      user: user.id,
      root: places.appRoot,
      home: places.home,
      drop: places.drop,
      from: places.sources,
      tree: places.tree,
    },
  };
}

function say(text: string): void {
  process.stderr.write(`bench: ${text}\n`);
}
