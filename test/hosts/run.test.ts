import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Command, RunOutcome } from '../../src/execute/effect.ts';
import { parseOutcomes, performAside, performerCommand, performWith, testEnvironment } from '../support/perform.ts';
import type { PerformRequest } from '../support/performing.ts';
import { temporaryDirectory } from '../support/temporary.ts';

type Options = Partial<Omit<Command, 'argv'>>;

function command(argv: Command['argv'], options: Options = {}): Command {
  return { argv, directory: '/', environment: { set: {}, unset: [] }, output: 'keep', ...options };
}

async function run(argv: Command['argv'], options: Options = {}, secrets: readonly string[] = []): Promise<RunOutcome> {
  return (await performWith({ kind: 'run', command: command(argv, options) }, secrets)) as RunOutcome;
}

function sh(script: string, options: Options = {}, secrets: readonly string[] = []): Promise<RunOutcome> {
  return run(['sh', '-c', script], options, secrets);
}

type Request = Omit<PerformRequest, 'effects'> & { readonly commands: readonly Command[] };

/** A process of its own that performs the commands one after the other. */
function runner({ commands, ...request }: Request): readonly [string, ...string[]] {
  return performerCommand({ hook: 'assemble', ...request, effects: commands.map((command) => ({ kind: 'run', command })) });
}

function startRunner(request: Request) {
  const [program, ...args] = runner(request);
  return spawn(program, args, { env: Object.fromEntries(testEnvironment()), stdio: ['ignore', 'pipe', 'pipe'] });
}

function runAside({ commands, ...request }: Request) {
  const effects = commands.map((command) => ({ kind: 'run', command }) as const);
  const { outcomes, ...printed } = performAside({ hook: 'assemble', ...request, effects });
  return { ...printed, outcomes: outcomes as readonly RunOutcome[] };
}

describe('how a program ended', () => {
  it.each([0, 1, 3, 126, 127, 255])('by exit status %i', async (code) => {
    expect((await sh(`exit ${code}`)).end).toEqual({ how: 'exit', code });
  });

  it('by a signal', async () => {
    expect((await sh('kill -9 $$')).end).toEqual({ how: 'signal', signal: 9 });
    expect((await sh('kill -TERM $$')).end).toEqual({ how: 'signal', signal: 15 });
  });

  it('because it is not there, or its directory is not', async () => {
    expect((await run(['no-such-tool'])).end).toEqual({ how: 'not-found', what: 'program', path: 'no-such-tool' });
    expect((await run(['/no/such/tool'])).end).toEqual({ how: 'not-found', what: 'program', path: '/no/such/tool' });
    expect((await run(['./tool'])).end).toEqual({ how: 'not-found', what: 'program', path: './tool' });
    expect((await run(['true'], { directory: '/no/where' })).end).toEqual({
      how: 'not-found',
      what: 'directory',
      path: '/no/where',
    });
    expect((await run([''])).end).toEqual({ how: 'not-found', what: 'program', path: '' });
  });

  it('because it may not be executed', async () => {
    const root = temporaryDirectory();
    for (const [name, mode] of [
      ['plain', 0o644],
      ['orphan', 0o755],
    ] as const) {
      writeFileSync(join(root, name), '#!/no/such/interpreter\n');
      chmodSync(join(root, name), mode);
    }
    const end = async (name: string) => (await run([name], { directory: root })).end;
    expect(await end('./plain')).toEqual({ how: 'not-executable', path: join(root, './plain'), reason: 'permission denied' });
    expect(await end('./orphan')).toEqual({
      how: 'not-executable',
      path: join(root, './orphan'),
      reason: 'its interpreter does not exist',
    });
    expect(await end(root)).toEqual({ how: 'not-executable', path: root, reason: 'is a directory' });
    const found = await run(['plain'], { environment: { set: { PATH: `${root}:/bin` }, unset: [] } });
    expect(found.end).toEqual({ how: 'not-executable', path: join(root, 'plain'), reason: 'permission denied' });
    expect((await run(['true'], { directory: join(root, 'plain') })).end).toEqual({
      how: 'not-executable',
      path: join(root, 'plain'),
      reason: 'not a directory',
    });
  });

  it('because of its time limit, with everything it started', async () => {
    const root = temporaryDirectory();
    const outcome = await sh(`(trap '' TERM; sleep 100; echo no) & echo $! >${root}/pid; wait`, { timeLimit: 0.3 });
    expect(outcome.end).toEqual({ how: 'timed-out', seconds: 0.3 });
    // Nobody may have collected it yet, but it runs no more.
    const gone = `while case $(cut -d' ' -f3 /proc/$(cat ${root}/pid)/stat 2>/dev/null) in Z | '') false ;; esac do sleep 0.05; done`;
    expect((await sh(gone)).end).toEqual({ how: 'exit', code: 0 });
  });
});

describe('what a program finds', () => {
  it('the environment with the patch, and PATH of that', async () => {
    const root = temporaryDirectory();
    mkdirSync(join(root, 'bin'));
    writeFileSync(join(root, 'bin/tool'), `#!/bin/sh\necho "$0 $A \${LC_ALL-unset} $PWD"\n`);
    chmodSync(join(root, 'bin/tool'), 0o755);
    const environment = { set: { A: 'é\n', PATH: `:${root}/bin:/bin` }, unset: ['LC_ALL'] };
    expect((await run(['tool'], { environment, directory: root })).stdout).toBe(`${root}/bin/tool é\n unset ${root}\n`);
  });

  it('its name as it was called, nothing on standard input, no terminal, a group of its own', async () => {
    const script =
      'echo "$0"; cat; [ -t 1 ] || echo no terminal; ps -o pid=,pgid= -p $$ | (read p g; [ $p = $g ] && echo leader)';
    expect((await sh(script)).stdout).toBe('sh\nno terminal\nleader\n');
  });

  it('environment entries that are no UTF-8, byte for byte', () => {
    const show = command(['python3', '-c', 'import os,sys; sys.stdout.buffer.write(os.environb[b"BAD"] + os.environb[b"OK"])'], {
      output: 'pass',
      environment: { set: { OK: 'é' }, unset: [] },
    });
    const script = `BAD="$(printf 'a\\351\\047"$x\\\\\\n\\n.')"; export BAD="\${BAD%.}"; exec "$@"`;
    const env = Object.fromEntries(testEnvironment());
    const result = spawnSync('sh', ['-c', script, 'sh', ...runner({ commands: [show] })], { env });
    expect(result.stdout.toString('latin1')).toBe('a\xe9\'"$x\\\n\n\xc3\xa9');
  });
});

describe('the output of a program', () => {
  it('is kept as an answer, or passed on, or dropped', () => {
    const script = 'echo out; echo err >&2';
    const outputs = ['keep', 'drop', 'pass'] as const;
    const { stdout, stderr, outcomes } = runAside({
      commands: outputs.map((output) => command(['sh', '-c', script], { output })),
    });
    expect([stdout, stderr]).toEqual(['out\n', 'err\n']);
    expect(outcomes.map((outcome) => outcome.stdout)).toEqual(['out\n', '', '']);
    expect(outcomes.map((outcome) => [...outcome.lastLines].sort())).toEqual([
      ['err', 'out'],
      ['err', 'out'],
      ['err', 'out'],
    ]);
  });

  it('keeps every byte', () => {
    const { stdout } = runAside({ commands: [command(['printf', '\\351\\377\\r\\n\\0x'], { output: 'pass' })] });
    expect(stdout).toBe('\xe9\xff\r\n\0x');
  });

  it('goes to standard error where standard output is a product', () => {
    const commands = [command(['sh', '-c', 'echo out'], { output: 'pass' })];
    expect(runAside({ commands, progress: 'stderr' })).toMatchObject({ stdout: '', stderr: 'out\n' });
  });

  it('hides secrets across reads, in the log and in the last lines, not in the answer', () => {
    const script = 'printf s3c; sleep 0.1; echo ret; echo p%40ss >&2; printf "no end s3cret"';
    const commands = (['pass', 'keep'] as const).map((output) => command(['sh', '-c', script], { output }));
    const { stdout, stderr, outcomes } = runAside({ commands, secrets: ['s3cret', 'p@ss'] });
    expect([stdout, stderr]).toEqual(['***\nno end ***', '***\n']);
    expect(outcomes[0]?.lastLines).toContain('no end ***');
    expect(outcomes[1]?.stdout).toBe('s3cret\nno end s3cret');
    expect(JSON.stringify(outcomes.map((outcome) => outcome.lastLines))).not.toContain('s3cret');
  });

  it('is passed on whole, however much and on both streams', () => {
    const script = 'seq 1 200000; seq 1 200000 >&2';
    const { stdout, stderr, outcomes } = runAside({ commands: [command(['sh', '-c', script], { output: 'pass' })] });
    const expected = Array.from({ length: 200_000 }, (_, index) => `${index + 1}\n`).join('');
    expect([stdout === expected, `${stderr}\n` === expected || stderr === expected]).toEqual([true, true]);
    expect(outcomes[0]?.lastLines.length).toBe(40);
  });

  it('is passed on as it comes', async () => {
    const root = temporaryDirectory();
    const waiting = command(['sh', '-c', `echo first; while [ ! -e ${root}/go ]; do sleep 0.05; done; echo second`], {
      output: 'pass',
    });
    const child = startRunner({ commands: [waiting] });
    const [first] = (await once(child.stdout, 'data')) as [Buffer];
    expect(first.toString()).toBe('first\n');
    writeFileSync(join(root, 'go'), '');
    const [second] = (await once(child.stdout, 'data')) as [Buffer];
    expect(second.toString()).toBe('second\n');
    await once(child, 'exit');
  });

  it('is JSON lines where that is asked for', () => {
    const commands = [command(['/bin/sh', '-c', 'echo out s3cret; sleep 0.1; echo err >&2'], { output: 'pass' })];
    const { stdout, stderr } = runAside({ commands, format: 'json', secrets: ['s3cret'] });
    const found = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(stderr).toBe('');
    expect(found).toMatchObject([
      { level: 'info', hook: 'assemble', kind: 'output', stream: 'stdout', tool: 'sh', msg: 'out ***' },
      { level: 'info', hook: 'assemble', kind: 'output', stream: 'stderr', tool: 'sh', msg: 'err' },
    ]);
  });

  it('ends with the program, whatever it left running', async () => {
    const root = temporaryDirectory();
    const outcome = await sh(`sleep 60 & echo $! >${root}/pid; echo done`);
    expect(outcome).toMatchObject({ end: { how: 'exit', code: 0 }, stdout: 'done\n' });
    await sh(`kill $(cat ${root}/pid)`);
  });

  it('does not end the hook when nobody reads it any more', () => {
    const root = temporaryDirectory();
    const commands = [command(['sh', '-c', `seq 1 100000; echo finished >${root}/end`], { output: 'pass' })];
    const env = Object.fromEntries(testEnvironment());
    const result = spawnSync('sh', ['-c', '"$@" | head -1', 'sh', ...runner({ commands })], { env });
    expect(result.stdout.toString()).toBe('1\n');
    expect(result.stderr.toString()).toContain('"code":0');
  });

  it('waits for a slow reader of a non-blocking pipe', () => {
    const commands = [command(['seq', '1', '100000'], { output: 'pass' })];
    const script = `import os, subprocess, sys, time
r, w = os.pipe()
os.set_blocking(w, False)
p = subprocess.Popen(sys.argv[1:], stdout=w, stderr=subprocess.DEVNULL)
os.close(w)
time.sleep(0.3)
size = 0
while True:
    data = os.read(r, 65536)
    if not data: break
    size += len(data)
print(size)`;
    const result = spawnSync('python3', ['-c', script, ...runner({ commands })], {
      env: Object.fromEntries(testEnvironment()),
      encoding: 'utf8',
    });
    expect(result.stdout.trim()).toBe('588895');
  });
});

describe('signals', () => {
  const names = ['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH'] as const;

  it.each(names)('%s reaches the program while it runs', async (name) => {
    const short = name.slice(3);
    const waiting = command(['sh', '-c', `trap 'echo got ${short}; exit 7' ${short}; echo ready; while :; do sleep 0.05; done`], {
      output: 'pass',
    });
    const child = startRunner({ commands: [waiting] });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString('latin1');
    });
    await once(child.stdout, 'data');
    child.kill(name);
    const [answer] = (await once(child.stdout, 'data')) as [Buffer];
    expect(answer.toString()).toBe(`got ${short}\n`);
    await once(child, 'close');
    const stopping = ['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP'].includes(name);
    expect(parseOutcomes(stderr)).toMatchObject([{ end: { how: 'exit', code: 7 }, ...(stopping ? { interrupted: name } : {}) }]);
    expect(stderr.includes('interrupted')).toBe(stopping);
  });

  it('end a program that does not care, and are told once', async () => {
    const commands = [
      command(['sh', '-c', 'echo ready; sleep 60'], { output: 'pass' }),
      command(['sh', '-c', 'echo second'], { output: 'pass' }),
    ];
    const child = startRunner({ commands });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString('latin1');
    });
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    await once(child, 'close');
    expect(parseOutcomes(stderr)).toMatchObject([
      { end: { how: 'signal', signal: 15 }, interrupted: 'SIGTERM' },
      { end: { how: 'exit', code: 0 } },
    ]);
  });
});
