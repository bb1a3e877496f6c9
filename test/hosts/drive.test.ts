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
