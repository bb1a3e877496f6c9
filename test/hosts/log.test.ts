import { describe, expect, it } from 'vitest';
import type { Effect } from '../../src/execute/effect.ts';
import { performAside } from '../support/perform.ts';
import type { PerformRequest } from '../support/performing.ts';

describe('the log', () => {
  interface Printed {
    readonly out: string;
    readonly err: string;
  }

  /** Says one line of each level, in a process that is set up as a hook is. */
  function print(request: Omit<PerformRequest, 'effects'>): Printed {
    const levels = ['step', 'info', 'warning', 'error'] as const;
    const effects: readonly Effect[] = [
      ...levels.map((level) => ({ kind: 'say', level, text: `${level} s3cret` }) as const),
      { kind: 'say', level: 'error', text: 'two\n  lines' },
      {
        kind: 'run',
        command: { argv: ['sh', '-c', 'umask'], directory: '/', environment: { set: {}, unset: [] }, output: 'pass' },
      },
    ];
    const { stdout, stderr } = performAside({ ...request, effects });
    return { out: stdout, err: stderr };
  }

  it('is text as upstream writes it, with errors on standard error', () => {
    const { out, err } = print({ hook: 'assemble', umask: 0o002, secrets: ['s3cret'] });
    expect(out).toBe('---> step ***\ninfo ***\nWARNING: warning ***\n0002\n');
    expect(err).toBe('ERROR: error ***\nERROR: two\n  lines\n');
  });

  it('is all on standard error where standard output is a product', () => {
    const { out, err } = print({ hook: 'save-artifacts', progress: 'stderr', umask: 0o027 });
    expect(out).toBe('');
    expect(err).toBe('---> step s3cret\ninfo s3cret\nWARNING: warning s3cret\nERROR: error s3cret\nERROR: two\n  lines\n0027\n');
  });

  it('is JSON lines where that is asked for', () => {
    const { out, err } = print({ hook: 'run', umask: 0o027, secrets: ['s3cret'], format: 'json' });
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
