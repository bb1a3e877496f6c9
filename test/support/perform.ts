import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { Effect, Outcome } from '../../src/execute/effect.ts';
import type { HostName } from '../../src/hosts/capabilities.ts';
import { createTextLog } from '../../src/hosts/common/log.ts';
import { createNodeDrive } from '../../src/hosts/node/drive.ts';
import { standardOutput } from '../../src/hosts/node/output.ts';
import { type PerformRequest, performing } from './performing.ts';

/** The host that the tests of this run look at: the project `native` runs the files of `test/hosts` once more on its own. */
export const host: HostName = inject('native') === undefined ? 'node' : 'native';

/** Performs one effect; nothing is inherited from this process's environment but PATH. */
export function perform<K extends Effect['kind']>(effect: Extract<Effect, { kind: K }>): Promise<Outcome> {
  return performWith(effect, []);
}

/** On Node in this process, which is faster. */
export async function performWith(effect: Effect, secrets: readonly string[]): Promise<Outcome> {
  if (host !== 'node') return performAside({ effects: [effect], secrets }).outcomes[0] ?? { kind: 'done' };
  const log = createTextLog({ hook: 'test', progress: 'stdout', secrets }, standardOutput);
  const [outcome] = await createNodeDrive({ environment: testEnvironment(), log })(performing([effect]));
  return outcome ?? { kind: 'done' };
}

export function testEnvironment(more: Readonly<Record<string, string>> = {}): ReadonlyMap<string, string> {
  return new Map(
    Object.entries({ PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8', ...more }),
  );
}

/** The command of a process that performs effects by the host and ends standard error with their outcomes, a line of JSON. */
export function performerCommand(request: PerformRequest): readonly [string, ...string[]] {
  const native = inject('native');
  if (native !== undefined) return [native.tests, 'effects', JSON.stringify(request)];
  return [process.execPath, '--no-warnings', join(import.meta.dirname, 'perform-effects.ts'), JSON.stringify(request)];
}

export interface Aside {
  /** One character a byte. */
  readonly stdout: string;
  readonly stderr: string;
  readonly outcomes: readonly Outcome[];
}

/** Performs effects in a process of its own, to its end. `before` are words that stand in front of its command. */
export function performAside(request: PerformRequest, before: readonly string[] = []): Aside {
  const [program = '', ...args] = [...before, ...performerCommand(request)];
  const env = Object.fromEntries(testEnvironment());
  const result = spawnSync(program, args, { encoding: 'latin1', env, cwd: '/', maxBuffer: 1e8 });
  const end = result.stderr.lastIndexOf('\n');
  if (result.status !== 0 || end < 0) throw new Error(`performing failed (${result.status}): ${result.stderr}`);
  return { stdout: result.stdout, stderr: result.stderr.slice(0, end), outcomes: parseOutcomes(result.stderr) };
}

/** The outcomes at the end of standard error, one character a byte. */
export function parseOutcomes(stderr: string): readonly Outcome[] {
  const line = Buffer.from(stderr.slice(stderr.lastIndexOf('\n')), 'latin1').toString('utf8');
  return JSON.parse(line) as readonly Outcome[];
}

/** Who performs: a shell line in front of the command that ends in `"$@"`, and the ids. */
export interface Performer {
  readonly uid?: number;
  readonly gid?: number;
  /** Run by root before, in a mount namespace of its own: `mount --bind -o ro …`. */
  readonly prepare?: string;
}

/** Performs one effect in a process of its own, as another user or among other mounts. */
export function performAs({ uid, gid, prepare }: Performer, effect: Effect): Outcome {
  const ids = uid === undefined ? [] : ['setpriv', `--reuid=${uid}`, `--regid=${gid ?? uid}`, '--clear-groups'];
  const mounts = prepare === undefined ? [] : ['unshare', '-m', 'sh', '-ec', `${prepare}\nexec "$@"`, 'sh'];
  return performAside({ effects: [effect] }, [...mounts, ...ids]).outcomes[0] ?? { kind: 'done' };
}
