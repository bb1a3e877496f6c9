import { onTestFinished } from 'vitest';
import type { BuildRequest, Engine, RunRequest } from '../../../src/engine/engine.ts';
import { succeeded } from './engines.ts';
import { uniqueImage, uniqueName } from './names.ts';

/** A container that a test started. */
export interface StartedContainer {
  readonly name: string;
  /** What it printed so far, both streams, as it came. */
  readonly log: () => string;
  /** Its exit status, when it has ended. */
  readonly ended: Promise<number>;
  /** Sends a signal to its process 1. */
  readonly signal: (signal: NodeJS.Signals) => Promise<void>;
}

/** What works on a machine without a bridge and without the right to raise limits. */
const HERE = { network: 'host', limits: 'host' } as const;

/** Builds an image that is removed when the test has finished; answers its name. */
export async function buildImage(engine: Engine, request: Omit<BuildRequest, 'tags'>): Promise<string> {
  const image = uniqueImage();
  const isolation = engine.name === 'docker' ? {} : ({ isolation: 'chroot' } as const);
  succeeded(await engine.build({ network: 'host', ...isolation, ...request, tags: [image] }));
  onTestFinished(async () => {
    await engine.remove(image);
  });
  return image;
}

/** Runs a container to its end; its status and what it printed. */
export async function runContainer(
  engine: Engine,
  request: Omit<RunRequest, 'name'>,
): Promise<{ readonly status: number; readonly log: string }> {
  const container = startContainer(engine, request);
  const status = await container.ended;
  return { status, log: container.log() };
}

/** Starts a container that is ended and removed when the test has finished. */
export function startContainer(engine: Engine, request: Omit<RunRequest, 'name'>): StartedContainer {
  const name = uniqueName();
  const lines: string[] = [];
  const aborter = new AbortController();
  const outcome = engine.run({ ...HERE, ...request, name }, { onLine: (line) => lines.push(line), signal: aborter.signal });
  const ended = outcome.then(succeeded);
  // Nobody may be waiting any more when the test ends it.
  ended.catch(() => undefined);
  onTestFinished(async () => {
    aborter.abort();
    await outcome;
  });
  return {
    name,
    log: () => lines.join('\n'),
    ended,
    signal: async (signal) => {
      succeeded(await engine.signal(name, signal));
    },
  };
}
