import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { HostName } from '../../src/hosts/capabilities.ts';
import type { Bench, Contender } from '../bench.ts';
import { type Turn, takeTurns } from '../measure.ts';
import type { Measured, Sample } from '../report/results.ts';
import { imageEnvironment, places, user } from '../root/places.ts';
import { layRoot } from './lay.ts';
import { at, type EnvironmentName, indexUrl, type Made, port, type SourcesName } from './places.ts';
import { provideDownloads } from './wheels.ts';

/** A build: whose hooks, on which environment, of which sources. */
export interface Build {
  readonly id: string;
  readonly host: HostName | 'baseline';
  readonly environment: EnvironmentName;
  readonly sources: SourcesName;
  /** Whether what was built before goes through save-artifacts into a fresh environment. */
  readonly incremental: boolean;
  readonly settings: Readonly<Record<string, string>>;
  readonly arguments?: string;
}

/** By uv in place of pip. */
export const UV = { S2I_PACKAGE_MANAGER: 'uv' };

/** With what they need, more than forty. */
export const packages = [
  'alembic',
  'celery',
  'Django',
  'fastapi',
  'Flask-SQLAlchemy',
  'httpx',
  'marshmallow',
  'python-dateutil',
  'PyYAML',
  'redis',
  'requests',
  'rich',
  'uvicorn',
];

const ROUNDS = 3;
const BASELINE: Build = {
  id: 'baseline',
  host: 'baseline',
  environment: 'fresh',
  sources: 'first',
  incremental: false,
  settings: {},
};

/** Samples by the name of a build, of one bench. */
const taken = new WeakMap<Bench, Promise<Partial<Record<string, readonly Sample[]>>>>();

/**
 * The samples of one build. All builds that are wanted take turns, so the first that is asked for measures them all, each
 * against the clean build of the baseline.
 */
export async function measureBuild(
  bench: Bench,
  id: string,
  builds: readonly Build[],
): Promise<Pick<Measured, 'ours' | 'baseline'>> {
  const all = taken.get(bench) ?? measureAll(bench, builds);
  taken.set(bench, all);
  const { [id]: ours = [], baseline } = await all;
  return baseline === undefined ? { ours } : { ours, baseline };
}

async function measureAll(
  { job, contenders: inOrder }: Bench,
  builds: readonly Build[],
): Promise<Partial<Record<string, readonly Sample[]>>> {
  const digest = createHash('sha256').update(packages.join()).digest('hex').slice(0, 12);
  const downloads = await provideDownloads(job.project, join(job.project, '.cache/bench', digest), packages);
  const wanted = builds.filter(({ id }) => job.only.length === 0 || job.only.includes(id));
  const contenders: Contender[] = [];
  for (const { name } of inOrder) contenders.push({ name, root: await layRoot(job, name, downloads) });
  const take = (rounds: number, some: readonly Build[]) => {
    const turns = some.flatMap((build) => turnsOf(build, contenders));
    return takeTurns(job.project, { rounds, warmups: 0, memory: false, index: { folder: downloads.wheels, port } }, turns);
  };
  for (const made of ['layer', 'built', 'built-uv'] as const) {
    const hosts = new Set(wanted.filter((build) => needs(build) === made).map(({ host }) => host));
    if (hosts.size === 0) continue;
    await take(
      1,
      [...hosts].map((host) => making(made, host)),
    );
    for (const { name, root } of contenders) if (hosts.has(name)) keep(root.path, made);
  }
  const samples = await take(Math.min(job.rounds, ROUNDS), [BASELINE, ...wanted]);
  for (const { root } of contenders) rmSync(join(root.path, places.appRoot), { recursive: true, force: true });
  return samples;
}

function needs({ environment, incremental, settings }: Build): EnvironmentName {
  if (!incremental) return environment;
  return settings === UV ? 'built-uv' : 'built';
}

/** The build that makes an environment from which others start. */
function making(made: Made, host: Build['host']): Build {
  const settings = made === 'built-uv' ? UV : {};
  const build = { id: `${host}-${made}`, host, environment: 'fresh', incremental: false, settings } as const;
  return made !== 'layer' ? { ...build, sources: 'first' } : { ...build, sources: 'manifests', arguments: '--only-dependencies' };
}

function keep(root: string, name: Made): void {
  mkdirSync(join(root, at.environments), { recursive: true });
  renameSync(join(root, places.appRoot), join(root, at.environments, name));
}

function turnsOf(build: Build, contenders: readonly Contender[]): readonly Turn[] {
  const root = contenders.find(({ name }) => name === build.host)?.root;
  if (root === undefined) return [];
  const environment = join(at.environments, needs(build));
  const turn: Turn = {
    name: build.id,
    root: root.path,
    directory: '/',
    argv: ['/bin/sh', '-ec', scriptOf(build)],
    environment: { ...imageEnvironment, PIP_INDEX_URL: indexUrl, ...build.settings },
    until: { exit: 0 },
    user: user.id,
    group: user.group,
    prepare: {
      kind: 'environment',
      user: user.id,
      root: places.appRoot,
      drop: places.drop,
      artifacts: at.artifacts,
      work: at.work,
      environment,
      from: join(at.sources, build.sources),
      ...(build.incremental ? { next: join(at.environments, build.environment) } : {}),
    },
  };
  return [turn];
}

/** s2i runs save-artifacts in the image of before, and unpacks what it gives for the build in a new one. */
function scriptOf({ incremental, arguments: words = '' }: Build): string {
  const restored = [
    `${places.hooks}/save-artifacts | tar -C ${at.artifacts} -xf -`,
    `mv ${places.appRoot} ${at.work}/before`,
    `mv ${at.work}/next ${places.appRoot}`,
  ];
  return [...(incremental ? restored : []), `cd ${places.home}`, `exec ${places.hooks}/assemble ${words}`].join('\n');
}
