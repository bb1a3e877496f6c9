import { expect, test } from 'vitest';
import { portableRequirements } from '../../src/assemble/dependency-layer/portable.ts';

function copied(files: Readonly<Record<string, string>>) {
  const given = Object.entries(files).map(([file, text]) => ({ file, text }));
  const { files: copies, deferred } = portableRequirements(given, '/tmp/src');
  return { files: Object.fromEntries(copies.map(({ file, text }) => [file, text])), deferred };
}

test('what the project itself brings is left out, wherever it is named', () => {
  const { files, deferred } = copied({
    'requirements.txt': 'flask==3.1.0\n-e .\n-r deep/more.txt\n',
    'deep/more.txt': './libs/tool  # ours\nidna\n',
  });
  expect(files).toEqual({ 'requirements.txt': 'flask==3.1.0\n-r deep/more.txt\n', 'deep/more.txt': 'idna\n' });
  expect(deferred).toEqual(['requirements.txt, line 2: -e .', 'deep/more.txt, line 1: ./libs/tool']);
});

test.each([
  ['-f wheels', '-f /tmp/src/deep/wheels'],
  ['--find-links=../wheels', '--find-links /tmp/src/deep/../wheels'],
  ['-f "my wheels"', '-f /tmp/src/deep/my wheels'],
  ['-r ../../outside.txt', '-r /tmp/src/deep/../../outside.txt'],
  ['-r known.txt', '-r known.txt'],
  ['-c ./known.txt', '-c ./known.txt'],
  ['-r ../top.txt', '-r ../top.txt'],
  ['-f /srv/wheels', '-f /srv/wheels'],
  ['-c https://git.example/constraints.txt', '-c https://git.example/constraints.txt'],
  [`-r $\{FOLDER}/more.txt`, `-r $\{FOLDER}/more.txt`],
  ['-e git+https://git.example/you/thing.git#egg=thing', '-e git+https://git.example/you/thing.git#egg=thing'],
  ['thing==1 \\\n  --hash=sha256:aa', 'thing==1    --hash=sha256:aa'],
])('a copy elsewhere means the same: %s', (line, expected) => {
  const { files } = copied({ 'top.txt': '', 'deep/known.txt': '', 'deep/file.txt': `${line}\n` });
  expect(files['deep/file.txt']).toBe(`${expected}\n`);
});
