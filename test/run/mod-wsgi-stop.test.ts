import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { gracefulStop } from '../../src/run/servers/mod_wsgi/stop.ts';
import { isDebian, isRoot } from '../support/machine.ts';
import { temporaryDirectory } from '../support/temporary.ts';

/** What stands for Apache: writes its pid file as the first word says, and down which signals came. */
const apache = `log=$1
root=$2
ends=$3
for signal in TERM WINCH; do trap "echo $signal >>'$log'; exit $ends" "$signal"; done
[ "$4" != stuck ] || trap "echo WINCH >>'$log'" WINCH
for signal in HUP USR1 USR2 INT QUIT; do trap "echo $signal >>'$log'" "$signal"; done
[ "$4" = late ] || echo $$ >"$root/httpd.pid"
echo ready >>"$log"
while :; do sleep 0.05; done
`;

interface Stand {
  readonly parent: ChildProcess;
  readonly ended: Promise<number>;
  readonly root: string;
  readonly log: () => string;
}

const shells: readonly (readonly [string, ...string[]])[] = [['dash'], ['bash', '--posix']];

describe.each(shells)('the parent of mod_wsgi-express in %s %s', (shell, ...options) => {
  test.each([
    ['SIGTERM', 'WINCH'],
    ['SIGINT', 'WINCH'],
    ['SIGQUIT', 'TERM'],
  ] as const)('%s reaches Apache as %s; it ends with its status and takes the directory away', async (signal, received) => {
    const stand = await start();
    stand.parent.kill(signal);
    expect(await stand.ended).toBe(3);
    expect(stand.log()).toBe(`ready\n${received}\n`);
    expect(existsSync(stand.root)).toBe(false);
  });

  test.each([
    ['SIGHUP', 'HUP'],
    ['SIGUSR1', 'USR1'],
  ] as const)('%s is passed on, and everything goes on', async (signal, received) => {
    const stand = await start();
    stand.parent.kill(signal);
    await expect.poll(stand.log).toBe(`ready\n${received}\n`);
    stand.parent.kill('SIGTERM');
    expect(await stand.ended).toBe(3);
  });

  test.each(['SIGUSR2', 'SIGWINCH'] as const)('%s is kept', async (signal) => {
    const stand = await start();
    stand.parent.kill(signal);
    stand.parent.kill('SIGTERM');
    expect(await stand.ended).toBe(3);
    expect(stand.log()).toBe('ready\nWINCH\n');
  });

  test('held up while Apache ends, it still ends with its status', async () => {
    const script = gracefulStop(undefined);
    const heldUp = script.replace('  status=$?\n', '  status=$?\n  sleep 0.3\n');
    expect(heldUp).not.toBe(script);
    const stand = await start('at once', heldUp);
    stand.parent.kill('SIGQUIT');
    expect(await stand.ended).toBe(3);
  });

  test('before Apache has written its pid file, the child is ended', async () => {
    const stand = await start('late');
    stand.parent.kill('SIGTERM');
    expect(await stand.ended).toBe(3);
    expect(stand.log()).toBe('ready\nTERM\n');
  });

  test('after the time that S2I_GRACE_PERIOD gives, nobody is waited for', async () => {
    const stand = await start('stuck', gracefulStop(1));
    stand.parent.kill('SIGTERM');
    expect(await stand.ended).toBe(3);
    expect(stand.log()).toBe('ready\nWINCH\nTERM\n');
  });

  test('that time is a limit: who is done earlier ends earlier', async () => {
    const stand = await start('at once', gracefulStop(3541));
    stand.parent.kill('SIGTERM');
    expect(await stand.ended).toBe(3);
    expect(stand.log()).toBe('ready\nWINCH\n');
    await expect.poll(() => runs('sleep 3541')).toBe(false);
  });

  test('a child that ends by itself gives its status', async () => {
    expect(await run(['sh', '-c', 'exit 9'])).toBe(9);
    expect(await run(['sh', '-c', 'kill -KILL $$'])).toBe(137);
    expect(await run(['no-such-program'])).toBe(127);
  });

  async function start(when: 'at once' | 'late' | 'stuck' = 'at once', script = gracefulStop(undefined)): Promise<Stand> {
    const folder = temporaryDirectory();
    const root = join(folder, 'root with a space');
    const log = join(folder, 'log');
    mkdirSync(root);
    writeFileSync(log, '');
    const parent = parentOf(root, ['sh', '-c', apache, 'apache', log, root, '3', when], script);
    const stand = { parent, ended: endOf(parent), root, log: () => readFileSync(log, 'utf8') };
    await expect.poll(stand.log, { timeout: 10_000 }).toBe('ready\n');
    return stand;
  }

  function run(command: readonly string[]): Promise<number> {
    const root = join(temporaryDirectory(), 'root');
    mkdirSync(root);
    return endOf(parentOf(root, command));
  }

  function parentOf(root: string, command: readonly string[], script = gracefulStop(undefined)): ChildProcess {
    const words = [...options, '-c', script, 'mod_wsgi', root, ...command];
    const parent = spawn(shell, words, { env: { PATH: '/usr/bin:/bin' }, stdio: 'ignore' });
    onTestFinished(() => {
      parent.kill('SIGKILL');
    });
    return parent;
  }
});

/** Whether a process with this command line is there. */
function runs(command: string): boolean {
  return readdirSync('/proc').some((name) => {
    try {
      return /^[0-9]+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8') === `${command.replace(' ', '\0')}\0`;
    } catch {
      return false;
    }
  });
}

function endOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']));
  });
}

// SC2317: functions that only traps call look unreachable to it.
test.runIf(isDebian && isRoot)('shellcheck accepts it', () => {
  const { status, stdout } = spawnSync('shellcheck', ['--shell=sh', '--exclude=SC2317', '-'], {
    input: gracefulStop(5),
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
  expect(status).toBe(0);
});
