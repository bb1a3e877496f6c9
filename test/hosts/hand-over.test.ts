import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Effect } from '../../src/execute/effect.ts';
import { host } from '../support/perform.ts';
import { describeProcess, makeEffectsHook, type ProcessState, readState, type StartRequest, start } from '../support/started.ts';

let root = '';
let hook: readonly string[] = [];
let plain = '';
let count = 0;

beforeAll(() => {
  root = mkdtempSync(join(realpathSync(tmpdir()), 's2i-hand-over-'));
  hook = makeEffectsHook(root);
  plain = join(root, 'plain');
  // What upstream's hook does in the end.
  writeFileSync(plain, '#!/bin/sh\ncd "$1"; shift\nexec "$@"\n');
  chmodSync(plain, 0o755);
  for (const name of ['home', 'app']) mkdirSync(join(root, name));
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

const environment = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LANG: 'C.UTF-8',
  EMPTY: '',
  LINES_: 'one\ntwo\n',
  WIDE: 'caf\xc3\xa9',
  NODE_OPTIONS: '--max-old-space-size=100 --title=x',
  NODE_EXTRA: '1',
};

function request(more: Partial<StartRequest> = {}): StartRequest {
  return { environment, stdout: 'pipe', directory: join(root, 'home'), file: join(root, 'output'), ...more };
}

function handOver(argv: readonly [string, ...string[]]): Effect {
  return { kind: 'hand-over', command: { argv, directory: join(root, 'app'), environment: { set: {}, unset: [] } } };
}

interface Launched {
  readonly state: ProcessState;
  readonly output: string;
  readonly pid: number;
}

/** The hook with what it is to perform. */
function performing(...effects: readonly Effect[]): string[] {
  const file = join(folder(), 'effects.json');
  writeFileSync(file, JSON.stringify(effects));
  return [...hook, file];
}

function folder(): string {
  count += 1;
  const path = join(root, `state-${count}`);
  mkdirSync(path);
  return path;
}

/** Prints 2 MB after it has written down what it found. */
const program = (to: string): readonly [string, ...string[]] => [
  'sh',
  '-c',
  `${describeProcess}; exec seq -f '%.0f a line of the server, and some more of it' 1 45000`,
  'server',
  to,
];

function byShell(start_: StartRequest): Launched {
  const to = folder();
  const started = start(start_, [plain, join(root, 'app'), ...program(to)]);
  return { state: readState(to), output: started.output, pid: started.pid };
}

function byHook(start_: StartRequest, before: readonly Effect[] = []): Launched {
  const to = folder();
  const started = start(start_, performing(...before, handOver(program(to))));
  expect(started.errors).toBe('');
  return { state: readState(to), output: started.output, pid: started.pid };
}

function compare(start_: StartRequest, before: readonly Effect[] = []): void {
  const expected = byShell(start_);
  const found = byHook(start_, before);
  const comparable = ({ pid: _, cmdline, ...state }: ProcessState) => ({ ...state, name: cmdline?.split('\0')[0] });
  expect(comparable(found.state)).toEqual(comparable(expected.state));
  expect(found.state.pid?.trim()).toBe(`${found.pid}`);
  expect(found.output.length).toBeGreaterThan(2_000_000);
  expect(found.output.endsWith(expected.output)).toBe(true);
}

const child: Effect = {
  kind: 'run',
  command: { argv: ['sh', '-c', 'echo migrated'], directory: '/', environment: { set: {}, unset: [] }, output: 'pass' },
};
const say: Effect = { kind: 'say', level: 'step', text: 'Serving' };

describe.each(['pipe', 'file', 'pty'] as const)('a program that was handed over to, with its output on a %s,', (stdout) => {
  it('finds the process that a shell would have left [B65]', () => {
    compare(request({ stdout }));
  });

  it('finds it also after a line was printed and a program was run [B51] [B65]', () => {
    compare(request({ stdout }), [say, child]);
  });

  it('finds it also where the log is JSON', () => {
    compare(request({ stdout, environment: { ...environment, S2I_LOG_FORMAT: 'json' } }), [say, child]);
  });

  it('finds it also where the limit of open files is low and an entry of the environment is no UTF-8', () => {
    compare(request({ stdout, openFiles: 256, environment: { ...environment, BAD: 'caf\xe9 \'"$x`\\\n\n' } }), [say]);
  });
});

describe('what was kept aside', () => {
  it('is back: NODE_OPTIONS as it was, nothing of ours', () => {
    const { state } = byHook(request({ openFiles: 300 }));
    expect(state.environ).toContain('NODE_OPTIONS=--max-old-space-size=100 --title=x');
    expect(state.environ).not.toContain('S2I_KEPT');
    expect(state.limits).toMatch(/Max open files\s+300\s/);
  });

  it('is not made up where there was none', () => {
    const { NODE_OPTIONS: _, ...without } = environment;
    expect(byHook(request({ environment: without })).state.environ).not.toContain('NODE_OPTIONS');
  });
});

describe('a hand-over that is not possible', () => {
  function refused(argv: readonly [string, ...string[]], directory = '/'): unknown {
    const effect: Effect = { kind: 'hand-over', command: { argv, directory, environment: { set: {}, unset: [] } } };
    const { errors, status } = start(request(), performing(effect));
    expect(status).toBe(99);
    return JSON.parse(errors.replace(/^ERROR: /, ''));
  }

  it('says why, like a program that is run', () => {
    writeFileSync(join(root, 'plain-file'), '');
    expect(refused(['no-such-server'])).toEqual({ how: 'not-found', what: 'program', path: 'no-such-server' });
    expect(refused(['true'], '/no/where')).toEqual({ how: 'not-found', what: 'directory', path: '/no/where' });
    expect(refused(['./plain-file'], root)).toEqual({
      how: 'not-executable',
      path: join(root, 'plain-file'),
      reason: 'permission denied',
    });
    expect(refused(['true', 'x'.repeat(130 * 1024)])).toEqual({
      how: 'not-executable',
      path: '/usr/bin/true',
      reason: 'its arguments and environment are too long',
    });
  });
});

describe('where /usr/bin/env is not that of GNU', () => {
  function output(script: string, mode = 0o755): string {
    writeFileSync(join(root, 'app', 'script'), script);
    chmodSync(join(root, 'app', 'script'), mode);
    const mount = ['unshare', '-m', 'sh', '-ec', 'mount --bind /usr/bin/true /usr/bin/env; exec "$@"', 'sh'];
    const { output: printed, status } = start(request(), [...mount, ...performing(handOver(['./script', 'x']))]);
    return `${printed}${status}`;
  }

  it('programs are started all the same, and what the kernel refuses is told', () => {
    expect(output('#!/bin/sh\necho "$*"; exit 5\n')).toBe('x\n5');
    expect(output('echo bare "$*"\n')).toBe('bare x\n0');
    // On Node env(1) stands in between, and says it as a shell does; without it the hook hears it and can say more.
    expect(output('#!/no/interpreter\n')).toBe(host === 'node' ? '127' : '99');
  });
});

describe('a program with an odd name', () => {
  it.each(['a=b', '-x', 'with space'])('%j is started all the same', (name) => {
    writeFileSync(join(root, 'app', name), '#!/bin/sh\necho "started $0 $*"\n');
    chmodSync(join(root, 'app', name), 0o755);
    const effect: Effect = {
      kind: 'hand-over',
      command: {
        argv: [name, 'x=y', '-z'],
        directory: join(root, 'app'),
        environment: { set: { PATH: `${root}/app:/bin` }, unset: [] },
      },
    };
    expect(start(request(), performing(effect)).output).toBe(`started ${root}/app/${name} x=y -z\n`);
  });

  it('without an interpreter line is run by sh, as a shell does', () => {
    writeFileSync(join(root, 'app', 'bare'), 'echo "bare $*"\n');
    chmodSync(join(root, 'app', 'bare'), 0o755);
    expect(start(request(), performing(handOver(['./bare', 'x']))).output).toBe('bare x\n');
  });
});
