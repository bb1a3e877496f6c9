import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/plan.md'), 'utf8');
const examples = [...page.matchAll(/```console\n\$ (.+)\n([^`]*)```/g)].map(([, command = '', output = '']) => [command, output]);

describe('what docs/plan.md shows is what is printed', () => {
  test('has examples', () => expect(examples.length).toBeGreaterThan(2));

  test.each(examples)('%s', async (command = '', output = '') => {
    const environment = { PATH: `${join(root, 'node_modules/.bin')}:/usr/local/bin:/usr/bin:/bin`, NO_COLOR: '1' };
    const { stdout } = await execa('/bin/sh', ['-c', command], { cwd: root, env: environment, extendEnv: false, reject: false });
    expect(lines(stdout)).toEqual(lines(output));
  });
});

/** Without what an editor would not keep. */
function lines(text: string): readonly string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd());
}
