import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createReader } from '../../src/hosts/node/reader.ts';
import { LARGEST_PROGRAM } from '../../src/image/native/build.ts';
import { printPlan } from '../../src/plan/print.ts';
import { repository } from '../engine/support/places.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { describeNative, nativePrograms, runNative } from './support/native.ts';

const flask = join(repository, 'examples/flask-hello');

describeNative('the native executable', () => {
  test('has no more bytes than it may have', () => {
    expect(statSync(nativePrograms().program).size).toBeLessThanOrEqual(LARGEST_PROGRAM);
  });

  test('does what it is called, or what its first argument says', () => {
    const { stdout } = runNative('program', ['usage']);
    expect(stdout).toContain('This is an S2I builder image');
    expect(runNative('program', [], { name: '/usr/libexec/s2i/usage' }).stdout).toBe(stdout);
    expect(runNative('program', ['plan', flask], { name: 'usage' }).stdout).toBe(stdout);
    expect(runNative('program', ['--help'])).toMatchObject({ status: 0, stderr: '' });
    for (const words of [[], ['nothing']]) expect(runNative('program', words)).toMatchObject({ status: 2, stdout: '' });
  });

  test('is as patient with a missing path as the script it replaces [B80]', () => {
    const { status, stderr } = runNative('program', ['fix-permissions', '/no/where']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: 'ERROR: File or directory /no/where does not exist.\n' });
  });

  describe('plan', () => {
    test.each(['short', 'all', 'json'] as const)('prints the %s form that the program on Node prints', (form) => {
      const environment = { APP_MODULE: 'wsgi:application', NAME: 'a=b' };
      const node = printPlan(createReader({ environment: new Map(), directory: '/' }), flask, form, environment);
      const words = [
        'plan',
        ...(form === 'short' ? [] : [`--${form}`]),
        '-e',
        'APP_MODULE=wsgi:application',
        '--env=NAME=a=b',
        flask,
      ];
      expect(runNative('program', words)).toEqual({ status: node.status, stdout: node.result, stderr: node.complaint });
    });

    test('takes the current folder, and refuses what it does not understand', () => {
      expect(runNative('program', ['plan'], { directory: flask }).status).toBe(0);
      for (const words of [['/no/folder'], ['--yaml'], ['-e', 'novalue'], [flask, flask]]) {
        const { status, stderr } = runNative('program', ['plan', ...words]);
        expect(status).toBe(2);
        expect(stderr).toMatch(/^ERROR: /);
      }
    });
  });

  test('cgroup-limits prints the limits as lines [B83]', () => {
    const { status, stdout } = runNative('program', ['cgroup-limits']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^MAX_MEMORY_LIMIT_IN_BYTES=9223372036854775807\n(?:[A-Z_]+=\w+\n)+$/);
  });

  describe('container-entrypoint', () => {
    test('becomes the command, and takes the place of the shell of a line', () => {
      const root = temporaryDirectory();
      writeFileSync(join(root, 'script'), 'echo "script $0 $1"\n', { mode: 0o755 });
      const run = (...words: readonly string[]) => runNative('program', ['container-entrypoint', ...words], { directory: root });
      expect(run('./script', 'x')).toEqual({ status: 0, stdout: 'script ./script x\n', stderr: '' });
      expect(run('/bin/sh', '-c', 'echo $0; exit 3')).toEqual({ status: 3, stdout: '/bin/sh\n', stderr: '' });
      expect(run()).toEqual({ status: 0, stdout: '', stderr: '' });
      expect(run('no-such-program').status).toBe(127);
      expect(run(root).status).toBe(126);
    });
  });

  describe('init-wrapper', () => {
    test('ends as its command does', () => {
      const run = (...words: readonly string[]) => runNative('program', ['init-wrapper', ...words]).status;
      expect(run('sh', '-c', 'exit 7')).toBe(7);
      expect(run('--', 'sh', '-c', 'kill -TERM $$')).toBe(143);
      expect(run('no-such-program')).toBe(127);
      expect(run()).toBe(2);
    });
  });
});
