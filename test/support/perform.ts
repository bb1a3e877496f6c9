import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Effect, Outcome } from '../../src/execute/effect.ts';
import type { Program } from '../../src/execute/perform.ts';
import { createTextLog } from '../../src/hosts/common/log.ts';
import { createNodeDrive } from '../../src/hosts/node/drive.ts';
import { standardOutput } from '../../src/hosts/node/output.ts';

/** Performs one effect in this process by the Node host; nothing is inherited from this process's environment but PATH. */
export function perform<K extends Effect['kind']>(effect: Extract<Effect, { kind: K }>): Promise<Outcome> {
  return performWith(effect, []);
}

export function performWith(effect: Effect, secrets: readonly string[]): Promise<Outcome> {
  const log = createTextLog({ hook: 'test', progress: 'stdout', secrets }, standardOutput);
  return createNodeDrive({ environment: testEnvironment(), log })(single(effect));
}

export function testEnvironment(more: Readonly<Record<string, string>> = {}): ReadonlyMap<string, string> {
  return new Map(
    Object.entries({ PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8', ...more }),
  );
}

function* single(effect: Effect): Program<Outcome> {
  return yield effect;
}

/** Who performs: a shell line in front of the command that ends in `"$@"`, and the ids. */
export interface Performer {
  readonly uid?: number;
  readonly gid?: number;
  /** Run by root before, in a mount namespace of its own: `mount --bind -o ro …`. */
  readonly prepare?: string;
}

/** Performs one effect in a process of its own, as another user or among other mounts. */
export function performAs(performer: Performer, effect: Effect): Outcome {
  const script = join(import.meta.dirname, 'perform-effect.ts');
  const command = [process.execPath, '--no-warnings', script, JSON.stringify(effect)];
  const { uid, gid, prepare } = performer;
  const ids = uid === undefined ? [] : ['setpriv', `--reuid=${uid}`, `--regid=${gid ?? uid}`, '--clear-groups'];
  const mounts = prepare === undefined ? [] : ['unshare', '-m', 'sh', '-ec', `${prepare}\nexec "$@"`, 'sh'];
  const [program = '', ...args] = [...mounts, ...ids, ...command];
  const result = spawnSync(program, args, { encoding: 'utf8', env: Object.fromEntries(testEnvironment()), cwd: '/' });
  if (result.status !== 0) throw new Error(`performing failed (${result.status}): ${result.stderr}`);
  return JSON.parse(result.stdout) as Outcome;
}
