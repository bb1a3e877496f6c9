import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Effect, Outcome } from '../../src/execute/effect.ts';
import type { Program } from '../../src/execute/perform.ts';
import type { Log } from '../../src/hosts/common/log.ts';
import { createRedactor } from '../../src/hosts/common/redact.ts';
import { createNodeDrive } from '../../src/hosts/node/drive.ts';
import { createSignalWatch } from '../../src/hosts/node/signals.ts';
import { testEnvironment } from '../support/perform.ts';

function recordingLog(): Log & { readonly said: string[] } {
  const said: string[] = [];
  return { said, redactor: createRedactor([]), say: (level, text) => said.push(`${level} ${text}`), output: () => undefined };
}

const handOver: Effect = {
  kind: 'hand-over',
  command: { argv: ['no-such-server'], directory: '/', environment: { set: {}, unset: [] } },
};

describe('the drive', () => {
  it('goes to the hand-over in one sweep, without waiting', () => {
    const log = recordingLog();
    let seen: Outcome | undefined;
    function* program(): Program<void> {
      yield { kind: 'say', level: 'step', text: 'Serving' };
      seen = yield handOver;
    }
    createNodeDrive({ environment: testEnvironment(), log })(program());
    expect(log.said).toEqual(['step Serving']);
    expect(seen).toEqual({ kind: 'not-handed-over', end: { how: 'not-found', what: 'program', path: 'no-such-server' } });
  });

  it('gives the result of the program', async () => {
    function* program(): Program<number> {
      yield { kind: 'remove-tree', path: '/no/where' };
      return 7;
    }
    expect(await createNodeDrive({ environment: testEnvironment(), log: recordingLog() })(program())).toBe(7);
  });

  it('throws a fault of the host into the program, which can clean up', async () => {
    const log = recordingLog();
    const broken: Log = {
      ...log,
      say: (_level, text) => {
        if (text === 'first') throw new Error('broken');
        log.said.push(text);
      },
    };
    function* program(): Program<void> {
      try {
        yield { kind: 'say', level: 'info', text: 'first' };
      } finally {
        yield { kind: 'say', level: 'info', text: 'cleaned up' };
      }
    }
    await expect(createNodeDrive({ environment: testEnvironment(), log: broken })(program())).rejects.toThrow('broken');
    expect(log.said).toEqual(['cleaned up']);
  });

  it('leaves no handler for signals behind', async () => {
    const before = process.listenerCount('SIGTERM');
    function* program(): Program<number> {
      yield { kind: 'run', command: { argv: ['true'], directory: '/', environment: { set: {}, unset: [] }, output: 'drop' } };
      return process.listenerCount('SIGTERM');
    }
    const during = await createNodeDrive({ environment: testEnvironment(), log: recordingLog() })(program());
    expect([during, process.listenerCount('SIGTERM')]).toEqual([before + 1, before]);
  });
});

describe('a signal that arrives between two programs', () => {
  it('is remembered until it is asked for, and told once', async () => {
    const watch = createSignalWatch();
    watch.start();
    process.kill(process.pid, 'SIGHUP');
    process.kill(process.pid, 'SIGUSR2');
    await watch.stop();
    expect([watch.takeInterruption(), watch.takeInterruption()]).toEqual(['SIGHUP', undefined]);
  });

  it('keeps the server from being started', async () => {
    const log: Log = { ...recordingLog(), say: () => void process.kill(process.pid, 'SIGHUP') };
    function* program(): Program<Outcome> {
      yield { kind: 'run', command: { argv: ['true'], directory: '/', environment: { set: {}, unset: [] }, output: 'drop' } };
      yield { kind: 'say', level: 'step', text: 'Serving' };
      return yield handOver;
    }
    const outcome = await createNodeDrive({ environment: testEnvironment(), log })(program());
    expect(outcome).toEqual({ kind: 'not-handed-over', end: { how: 'signal', signal: 1 } });
  });
});

describe('the log', () => {
  interface Printed {
    readonly out: string;
    readonly err: string;
  }

  /** Makes a host as a hook does, in a process of its own, and says one line of each level. */
  function print(options: object, log: object): Printed {
    const script = `import { createNodeHost } from '${join(import.meta.dirname, '../../src/hosts/node/index.ts')}';
      function* program() {
        for (const level of ['step', 'info', 'warning', 'error']) yield { kind: 'say', level, text: level + ' s3cret' };
        yield { kind: 'say', level: 'error', text: 'two\\n  lines' };
        yield { kind: 'run', command: { argv: ['sh', '-c', 'umask'], directory: '/', environment: { set: {}, unset: [] }, output: 'pass' } };
      }
      await createNodeHost(${JSON.stringify(options)}).createDrive(${JSON.stringify(log)})(program());`;
    const env = Object.fromEntries(testEnvironment());
    const result = spawnSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], { env, encoding: 'utf8' });
    return { out: result.stdout, err: result.stderr };
  }

  it('is text as upstream writes it, with errors on standard error', () => {
    const { out, err } = print({ hook: 'assemble', umask: 0o002 }, { secrets: ['s3cret'], format: 'text' });
    expect(out).toBe('---> step ***\ninfo ***\nWARNING: warning ***\n0002\n');
    expect(err).toBe('ERROR: error ***\nERROR: two\n  lines\n');
  });

  it('is all on standard error where standard output is a product', () => {
    const { out, err } = print({ hook: 'save-artifacts', progress: 'stderr', umask: 0o027 }, { secrets: [], format: 'text' });
    expect(out).toBe('');
    expect(err).toBe('---> step s3cret\ninfo s3cret\nWARNING: warning s3cret\nERROR: error s3cret\nERROR: two\n  lines\n0027\n');
  });

  it('is JSON lines where that is asked for', () => {
    const { out, err } = print({ hook: 'run', umask: 0o027 }, { secrets: ['s3cret'], format: 'json' });
    const parse = (text: string) =>
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(parse(out)).toMatchObject([
      { level: 'info', hook: 'run', kind: 'step', msg: 'step ***' },
      { level: 'info', hook: 'run', kind: 'info', msg: 'info ***' },
      { level: 'warn', hook: 'run', kind: 'warning', msg: 'warning ***' },
      { level: 'info', hook: 'run', kind: 'output', stream: 'stdout', tool: 'sh', msg: '0027' },
    ]);
    expect(parse(err)).toMatchObject([
      { level: 'error', hook: 'run', kind: 'error', msg: 'error ***' },
      { level: 'error', msg: 'two\n  lines' },
    ]);
    expect(Object.keys(parse(out)[0] ?? {})).toEqual(['level', 'time', 'hook', 'kind', 'msg']);
  });
});
