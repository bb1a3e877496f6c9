import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { execa } from 'execa';
import { createEnding } from './ending.ts';
import type { Watch } from './engine.ts';
import type { Call, EngineProgram } from './program.ts';

/** How one call of an engine ended. */
export interface Ended {
  readonly how:
    | { readonly kind: 'exit'; readonly status: number }
    | { readonly kind: 'signal'; readonly signal: NodeJS.Signals }
    | { readonly kind: 'not-started'; readonly problem: string }
    /** By the caller's wish. */
    | { readonly kind: 'aborted' };
  readonly stdout: string;
  /** Of both streams, in the order in which they came. */
  readonly lastLines: readonly string[];
}

/** Lines of output that are remembered for a failure. */
const REMEMBERED = 60;
/** How long output is waited for when the engine has ended and something it left holds its pipes. Milliseconds. */
const LINGERING = 2000;

/**
 * Runs an engine to its end in a process group of its own, which an abort ends as a whole. Never throws for what the
 * engine does.
 */
export async function callEngine(engine: EngineProgram, call: Call, watch: Watch = {}): Promise<Ended> {
  if (watch.signal?.aborted === true) return { how: { kind: 'aborted' }, stdout: '', lastLines: [] };
  const child = execa(engine.program, call.argv, {
    env: { ...engine.environment, ...call.environment },
    extendEnv: false,
    stdin: 'ignore',
    buffer: false,
    reject: false,
    cleanup: false,
    detached: true,
  });
  const ending = createEnding(child.pid, watch.signal);
  const stdout: string[] = [];
  const lastLines: string[] = [];
  const follow = async (stream: 'stdout' | 'stderr') => {
    releaseAfterExit(child.nodeChildProcess, child[stream]);
    for await (const line of createInterface({ input: child[stream], crlfDelay: Number.POSITIVE_INFINITY })) {
      if (stream === 'stdout') stdout.push(line);
      lastLines.push(line);
      if (lastLines.length > REMEMBERED) lastLines.shift();
      watch.onLine?.(line, stream);
    }
  };
  const [result] = await Promise.all([child, follow('stdout'), follow('stderr')]);
  ending.done();
  return { how: howOf(result, watch), stdout: stdout.join('\n'), lastLines };
}

interface Result {
  readonly exitCode?: number | undefined;
  readonly signal?: NodeJS.Signals | undefined;
  readonly shortMessage?: string | undefined;
}

function howOf({ exitCode, signal, shortMessage }: Result, watch: Watch): Ended['how'] {
  if (watch.signal?.aborted === true) return { kind: 'aborted' };
  if (signal !== undefined) return { kind: 'signal', signal };
  if (exitCode !== undefined) return { kind: 'exit', status: exitCode };
  return { kind: 'not-started', problem: shortMessage ?? 'it could not be started' };
}

function releaseAfterExit(process: { once(event: 'exit', listener: () => void): unknown }, stream: Readable): void {
  process.once('exit', () => {
    setTimeout(() => stream.destroy(), LINGERING).unref();
  });
}
