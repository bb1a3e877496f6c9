import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { inject } from 'vitest';

export interface StartRequest {
  /** One character a byte. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stdout: 'pipe' | 'file' | 'pty';
  readonly directory: string;
  readonly file?: string;
  /** Soft limit of open files. */
  readonly openFiles?: number;
  readonly closed?: readonly number[];
}

export interface Started {
  readonly status: number;
  readonly pid: number;
  readonly output: string;
  readonly errors: string;
}

/** Starts a command exactly so and reads its output slowly. */
export function start(request: StartRequest, command: readonly string[]): Started {
  const script = join(import.meta.dirname, 'started.py');
  const result = spawnSync('/usr/bin/python3', [script, JSON.stringify(request), ...command], {
    encoding: 'utf8',
    env: {},
    maxBuffer: 1e8,
  });
  if (result.status !== 0) throw new Error(result.stderr);
  return JSON.parse(result.stdout) as Started;
}

/** What a shell script writes down about its own process. `$1` is the folder it writes to. */
export const describeProcess = `(
  cd "$1"
  grep -E '^(Sig|Shd|Threads|NoNewPrivs|Cap)' /proc/$$/status | grep -v SigQ >status
  for descriptor in 0 1 2; do grep flags /proc/$$/fdinfo/$descriptor; done >flags 2>/dev/null
  ls /proc/$$/fd >descriptors
  cat /proc/$$/limits >limits
  umask >umask
  readlink /proc/$$/cwd >cwd
  cat /proc/$$/environ >environ
  cat /proc/$$/cmdline >cmdline
  cat /proc/$$/oom_score_adj /proc/$$/timerslack_ns /proc/$$/personality /proc/$$/coredump_filter >other
  echo $$ >pid
)`;

export type ProcessState = Readonly<Record<string, string>>;

/** What was written down; the environment as sorted entries. */
export function readState(folder: string): ProcessState {
  const state: Record<string, string> = {};
  for (const name of ['status', 'flags', 'descriptors', 'limits', 'umask', 'cwd', 'environ', 'cmdline', 'other', 'pid']) {
    state[name] = readFileSync(join(folder, name), 'latin1');
  }
  return { ...state, environ: state.environ?.split('\0').sort().join('\0') ?? '' };
}

/** The entry scripts of the real hooks around a test's own program, laid out as in an image. */
function makeHook(root: string, entry: string): string {
  const hooks = join(import.meta.dirname, '../../s2i/bin');
  mkdirSync(join(root, 'lib'));
  copyFileSync(join(hooks, 'run'), join(root, 'run'));
  copyFileSync(join(hooks, 'lib/start.sh'), join(root, 'lib/start.sh'));
  symlinkSync(process.execPath, join(root, 'lib/node'));
  const starter = join(import.meta.dirname, '../../src/hosts/node/code/start.ts');
  for (const [name, file] of [
    ['run', entry],
    ['start', starter],
  ] as const) {
    buildSync({ entryPoints: [file], outfile: join(root, `lib/${name}.cjs`), bundle: true, platform: 'node', format: 'cjs' });
  }
  return join(root, 'run');
}

/** The command of a hook, on the host under test, that performs the effects in the file (JSON) that is its last word. */
export function makeEffectsHook(root: string): readonly string[] {
  const native = inject('native');
  return native === undefined ? [makeHook(root, join(import.meta.dirname, 'hand-over-hook.ts'))] : [native.tests, 'hook'];
}
