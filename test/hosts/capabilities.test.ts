import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Effect } from '../../src/execute/effect.ts';
import { type Capability, capabilities } from '../../src/hosts/capabilities.ts';
import { host } from '../support/perform.ts';
import { describeProcess, makeEffectsHook, type ProcessState, readState, type StartRequest, start } from '../support/started.ts';
import { makeTree } from '../support/tree.ts';

let root = '';
let hook: readonly string[] = [];

beforeAll(() => {
  root = mkdtempSync(join(realpathSync(tmpdir()), 's2i-capabilities-'));
  hook = makeEffectsHook(root);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Entry {
  readonly request?: Partial<StartRequest>;
  /** In front of the hook. */
  readonly through?: readonly string[];
  readonly command?: readonly string[];
}

/** What a program finds that was handed over to. */
function found(name: string, { request, through = [], command = hook }: Entry): ProcessState {
  const to = join(root, name);
  mkdirSync(to);
  const argv = ['sh', '-c', describeProcess, 'server', to] as const;
  const effect: Effect = { kind: 'hand-over', command: { argv, directory: '/', environment: { set: {}, unset: [] } } };
  makeTree(root, { [`${name}.json`]: JSON.stringify([effect]) });
  const environment = { PATH: '/usr/bin:/bin' };
  start({ environment, stdout: 'pipe', directory: '/', ...request }, [...through, ...command, join(root, `${name}.json`)]);
  return readState(to);
}

const ignoresNothing = ({ status = '' }: ProcessState): boolean => /^SigIgn:\s+0+$/m.test(status);
const withoutGnuEnv = ['unshare', '-m', 'sh', '-ec', 'mount --bind /usr/bin/true /usr/bin/env; exec "$@"', 'sh'];

/** How each capability is measured. */
const measures: Readonly<Record<Capability, () => boolean>> = {
  'default-signals-with-gnu-env': () => ignoresNothing(found('gnu', {})),
  'default-signals-without-gnu-env': () => ignoresNothing(found('other', { through: withoutGnuEnv })),
  'environment-values-as-bytes': () => {
    const environment = { PATH: '/usr/bin:/bin', BAD: '\xff\xe9' };
    return (found('values', { request: { environment } }).environ ?? '').split('\0').includes('BAD=\xff\xe9');
  },
  'environment-names-as-bytes': () => {
    const environment = { PATH: '/usr/bin:/bin', 'BAD\xe9': 'x' };
    // The entry script of the Node hooks loses them already.
    const command = host === 'node' ? [process.execPath, join(root, 'lib/run.cjs')] : hook;
    return (found('names', { request: { environment }, command }).environ ?? '').split('\0').includes('BAD\xe9=x');
  },
  'ignored-signals-stay-ignored': () => {
    const { status = '' } = found('ignored', { through: ['sh', '-c', 'trap "" HUP; exec "$@"', 'sh'] });
    return /^SigIgn:\s+\w*[13579bdf]$/m.test(status);
  },
  'blocked-signals-stay-blocked': () => {
    const block =
      'import os,signal,sys; signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGHUP]); os.execvp(sys.argv[1], sys.argv[1:])';
    return /^SigBlk:\s+\w*[13579bdf]$/m.test(found('blocked', { through: ['/usr/bin/python3', '-c', block] }).status ?? '');
  },
  'further-descriptors-stay-open': () => {
    return /^3$/m.test(found('further', { through: ['sh', '-c', 'exec "$@" 3</dev/null', 'sh'] }).descriptors ?? '');
  },
  'closed-descriptors-stay-closed': () => !/^0$/m.test(found('closed', { request: { closed: [0] } }).descriptors ?? ''),
};

describe('the measures', () => {
  it('tell a shell from Node', () => {
    const to = join(root, 'shell');
    mkdirSync(to);
    const block =
      'import os,signal,sys; signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGHUP]); os.execvp(sys.argv[1], sys.argv[1:])';
    const through = ['sh', '-c', 'trap "" HUP; exec "$@" 3</dev/null', 'sh', '/usr/bin/python3', '-c', block];
    start({ environment: {}, stdout: 'pipe', directory: '/', closed: [0] }, [
      ...through,
      'sh',
      '-c',
      describeProcess,
      'server',
      to,
    ]);
    const state = readState(to);
    expect(state.status).toMatch(/^SigBlk:\s+0*1\nSigIgn:\s+\w*1$/m);
    expect(state.descriptors?.split('\n')).toEqual(['1', '2', '3', '']);
  });
});

describe(`the capabilities of the host ${host}`, () => {
  it.each(Object.entries(measures))('%s is as the table says', (name, measure) => {
    expect(measure()).toBe(capabilities[host][name as Capability].can);
  });
});
