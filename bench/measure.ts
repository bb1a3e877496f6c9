import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Bench, Contender } from './bench.ts';
import type { Measured, Sample } from './report/results.ts';
import { showAt } from './root/overlay.ts';
import { imageEnvironment, places, user } from './root/places.ts';
import type { HookRow } from './rows.ts';

/** One program that takes its turns, as measure.py takes it. */
export interface Turn {
  readonly name: string;
  /** The folder that is its root. */
  readonly root: string;
  readonly directory: string;
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly until: HookRow['until'];
  readonly user: number;
  readonly group: number;
  /** What is done before each round; `environment` takes more, see measure.py. */
  readonly prepare: { readonly kind: HookRow['prepare'] | 'environment'; readonly [setting: string]: string | number };
}

/** Rows that do the same with other hooks are measured in one go: they share the baseline, and each other's weather. */
export function groupsOf(rows: readonly HookRow[]): readonly (readonly HookRow[])[] {
  const groups = new Map<string, HookRow[]>();
  for (const row of rows) {
    const name = row.id.replace(/^native-/, '');
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  return [...groups.values()];
}

export async function measureHooks(group: readonly HookRow[], { job, contenders }: Bench): Promise<readonly Measured[]> {
  const [first] = group;
  if (first === undefined) return [];
  const wanted = [...group.map(({ host }) => host), ...(first.of === 'both' ? ['baseline'] : [])];
  const running = contenders.filter(({ name }) => wanted.includes(name));
  const hides = running.map(({ root }) => showAt(root, join(places.bench, first.application), places.appRoot));
  const rounds = Math.min(job.rounds, first.rounds ?? job.rounds);
  // Where a round takes seconds, one is enough to have everything in memory.
  const warmups = first.rounds === undefined ? 3 : 1;
  const samples = await takeTurns(
    job.project,
    { rounds, warmups },
    running.map((one) => turnOf(first, one)),
  );
  for (const hide of hides) hide();
  const { baseline } = samples;
  return group.map(({ id, title, host, target, memory }) => ({
    id,
    title,
    ours: samples[host] ?? [],
    ...(target === undefined ? {} : { target }),
    ...(memory === undefined ? {} : { memory }),
    ...(baseline === undefined ? {} : { baseline }),
  }));
}

/** How often each is run, and how often before that without being counted. */
export interface Rounds {
  readonly rounds: number;
  readonly warmups: number;
  /** Whether memory is taken, in one more run each; it is unless this says otherwise. */
  readonly memory?: boolean;
  /** The wheels that a package index serves on a port of loopback meanwhile. */
  readonly index?: { readonly folder: string; readonly port: number };
}

/** Runs each of them once a round. Ends this process where one does not do its work. */
export async function takeTurns(
  project: string,
  rounds: Rounds,
  contenders: readonly Turn[],
): Promise<Partial<Record<string, Sample[]>>> {
  const options = { input: JSON.stringify({ ...rounds, contenders }), stderr: 'inherit', reject: false } as const;
  // No network but a loopback of its own: servers listen where others may, too.
  const script = ['--net', '/usr/bin/python3', join(project, 'bench/measure.py')];
  const { stdout, failed } = await execa('unshare', script, options);
  // It has said what is wrong.
  if (failed) process.exit(1);
  return JSON.parse(stdout) as Partial<Record<string, Sample[]>>;
}

function turnOf(row: HookRow, { name, root }: Contender): Turn {
  const program = row.command.program.find((path) => existsSync(join(root.path, path)));
  if (program === undefined) throw new Error(`the root of ${name} has no ${row.command.program.join(' or ')}`);
  const preparation = {
    kind: row.prepare,
    user: user.id,
    root: places.appRoot,
    home: places.home,
    drop: places.drop,
    from: places.sources,
    tree: places.tree,
  };
  return {
    name,
    root: root.path,
    directory: row.prepare === 'sources' || row.command.program.some((path) => path.endsWith('/run')) ? places.home : '/',
    argv: [program, ...row.command.arguments],
    environment: { ...imageEnvironment, ...row.environment },
    until: row.until,
    user: user.id,
    group: user.group,
    prepare: preparation,
  };
}
