import type { Step } from '../execute/plan.ts';
import type { Reader } from '../execute/reader.ts';
import type { Failure } from '../failures/failure.ts';
import { renderFailure } from '../failures/words.ts';
import type { SourcesAnswer } from '../inspect/applications/answer.ts';
import type { Installed } from '../inspect/installed.ts';
import { join } from '../inspect/paths.ts';
import { readSettings } from '../inspect/settings/read.ts';
import type { Launch, Rejected } from '../run/launch.ts';
import { planRun, type RunDecision } from '../run/plan.ts';
import { readRunFacts } from '../run/read/facts.ts';
import { PAGE_SERVERS } from '../run/servers/page-servers.ts';
import { SERVERS } from '../run/servers/registry.ts';
import { predictSources } from './predict-sources.ts';
import { createVirtualReader } from './virtual-reader.ts';

/** What run would start, under the assumption that what the manifests name is installed. */
export type RunPlan =
  | { readonly of: 'nothing'; readonly reason: string }
  | {
      readonly of: 'launch';
      /** What is assumed about the installed environment. */
      readonly when: string;
      /** Steps before the launch, like migrations. */
      readonly before: readonly Step[];
      readonly launch: Launch;
      /** The ways to start that were looked at and not taken, in that order. */
      readonly rejected: readonly Rejected[];
    }
  /** Only the installed environment can tell: `ask` is the command that would be asked. */
  | { readonly of: 'question'; readonly when: string; readonly ask: readonly string[]; readonly rejected: readonly Rejected[] }
  | {
      readonly of: 'failure';
      readonly when: string;
      readonly failures: readonly Failure[];
      readonly messages: readonly string[];
      readonly rejected: readonly Rejected[];
    };

export interface StartOptions {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Distributions by name, with their version or `newest`. */
  readonly predicted: ReadonlyMap<string, string>;
}

const ROOT = '/opt/app-root';

/** What the full image has and scripts begin with. */
const PROGRAMS = [
  '/usr/libexec/s2i/init-wrapper',
  ...['sh', 'bash'].flatMap((name) => [`/bin/${name}`, `/usr/bin/${name}`]),
  ...['env', 'node', 'perl', 'python3'].map((name) => `/usr/bin/${name}`),
];
const HOME = `${ROOT}/src`;

/** Plans the start in an image of ours: process 1, UID 1001, one CPU without limits, with its init. */
export function planStart(real: Reader, { folder, environment, predicted }: StartOptions): RunPlan {
  const reader = createVirtualReader(real, {
    mounts: [{ at: HOME, from: folder }],
    files: Object.fromEntries([join(ROOT, 'bin/python'), ...PROGRAMS].map((path) => [path, { text: '', executable: true }])),
    environment,
    identity: { uid: 1001, gid: 0, groups: [0], pid: 1 },
    directory: HOME,
    processors: 1,
  });
  const assumed: Installed = { python: 'python3', sitePackages: [], distributions: predicted, metadata: new Map() };
  const settings = readSettings(environment, 'run');
  const place = { appRoot: ROOT, directory: HOME };
  const read = (sourcesAnswer?: SourcesAnswer) =>
    planRun({
      ...readRunFacts(reader, {
        place,
        settings,
        assumed,
        depth: 'everything',
        systemRoot: '/',
        ...(sourcesAnswer === undefined ? {} : { sourcesAnswer }),
      }),
      user: 'known',
    });
  const when = whenOf(predicted);
  const first = read();
  if (first.kind !== 'question' || first.about !== 'sources') return runPlan(first, when);
  const likely = read(predictSources(reader, first.command));
  // The text alone does not show everything: where it shows nothing to start, the question stands.
  if (likely.kind === 'failed' && likely.failures.some(({ kind }) => kind === 'no-launch') && servesSomething(predicted)) {
    return runPlan(first, when);
  }
  return runPlan(likely, `${when}, and Python's parser reads the files as their text looks`);
}

const DISTRIBUTIONS = [...SERVERS.map(({ distribution }) => distribution), ...Object.keys(PAGE_SERVERS)];

function servesSomething(predicted: ReadonlyMap<string, string>): boolean {
  return DISTRIBUTIONS.some((name) => predicted.has(name));
}

function whenOf(predicted: ReadonlyMap<string, string>): string {
  const names = [...DISTRIBUTIONS, 'django'].filter((name) => predicted.has(name));
  return names.length === 0 ? 'no server is installed' : `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} installed`;
}

function runPlan(decision: RunDecision, when: string): RunPlan {
  const { rejected } = decision;
  switch (decision.kind) {
    case 'launch':
      return { of: 'launch', when, before: decision.plan.steps, launch: decision.launch, rejected };
    case 'question':
      return { of: 'question', when, ask: decision.command.argv, rejected };
    case 'failed':
      return { of: 'failure', when, failures: decision.failures, messages: decision.failures.map(renderFailure), rejected };
  }
}
