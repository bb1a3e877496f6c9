import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { parseProcfile } from '../../src/inspect/procfile/parse.ts';
import { splitCommand } from '../../src/inspect/procfile/words.ts';

const variables: Readonly<Record<string, string>> = { PORT: '8080', SPACED: 'a  b', GLOB: '*', EMPTY: '' };

/** What a shell makes of the arguments of a command. */
function byShell(command: string): readonly string[] {
  const script = `set -- ${command}\nfor word do printf '%s\\0' "$word"; done`;
  return execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8', env: variables, cwd: '/' }).split('\0').slice(0, -1);
}

describe('a line without shell syntax', () => {
  test.each([
    'gunicorn app:app',
    'gunicorn --bind 0.0.0.0:$PORT app:app',
    'gunicorn --bind=0.0.0.0:$' + '{PORT} app:app',
    `python serve.py 'a b' "c d" e\\ f`,
    `python serve.py "say \\"$PORT\\"" '$PORT' \\$PORT`,
    'python serve.py $EMPTY x',
    'python serve.py "$EMPTY" x',
    'python serve.py a$EMPTY"b"',
    'python serve.py "$SPACED" "$GLOB"',
    `python serve.py "a\\b" 'c\\d'`,
    'python\t serve.py  ',
    'python -c pass a=b --x=~/y',
    'python serve.py a#b x:y,z @%+-_./',
  ])('is split as a shell would split it: %s', (command) => {
    const split = splitCommand(command, (name) => variables[name] ?? '');
    expect(split).toEqual({ is: 'words', words: byShell(command) });
  });

  test('keeps its variables while their values are not known', () => {
    expect(splitCommand('python serve.py $PORT', () => undefined)).toEqual({
      is: 'words',
      words: ['python', 'serve.py', '$PORT'],
    });
  });

  test('may begin with exec', () => {
    expect(splitCommand('exec python a.py', () => '')).toEqual({ is: 'words', words: ['python', 'a.py'] });
  });
});

test.each([
  ...[
    'a | b',
    'a && b',
    'a; b',
    'a & b',
    'a > b',
    'a < b',
    '(a)',
    'a $(b)',
    'a `b`',
    'a "$(b)"',
    'a "`b`"',
    'a *.py',
    'a b?',
    'a [b]',
  ],
  ...[
    'cd x',
    'if true',
    'A=1 python a.py',
    'a ~/b',
    'a $' + '{PORT:-1}',
    'a $1',
    'a $$',
    'a $SPACED',
    'a $GLOB',
    'a "b',
    "a 'b",
    'a \\',
    'a # b',
    'exec',
  ],
])('a shell is needed for: %s', (command) => {
  expect(splitCommand(command, (name) => variables[name] ?? '')).toEqual({ is: 'shell' });
});

test('Procfile: names, comments, the last line of a name, lines that are none', () => {
  expect(parseProcfile('# c\r\nweb: a\r\n\nworker-2 :  b c  \nweb: d\nnothing\n: e\nempty:\n')).toEqual({
    processes: [
      { name: 'web', command: 'd', line: 5 },
      { name: 'worker-2', command: 'b c', line: 4 },
    ],
    strange: [6, 7, 8],
  });
});
