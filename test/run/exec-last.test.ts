import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { execLast } from '../../src/inspect/procfile/exec-last.ts';

describe('the last program of a line takes the place of the shell', () => {
  test.each([
    ['gunicorn shop:app -b :$' + '{PORT:-8000} --log-file -', 'exec gunicorn shop:app -b :$' + '{PORT:-8000} --log-file -'],
    ['cd shop && gunicorn web:app', 'cd shop && exec gunicorn web:app'],
    ['python manage.py migrate; gunicorn web:app', 'python manage.py migrate; exec gunicorn web:app'],
    ['test -f x || gunicorn web:app', 'test -f x || exec gunicorn web:app'],
    ['celery -A tasks worker & gunicorn web:app', 'celery -A tasks worker & exec gunicorn web:app'],
    [`GREETING="a b" NAME='c && d' gunicorn web:app`, `GREETING="a b" NAME='c && d' exec gunicorn web:app`],
    ['gunicorn web:app > /tmp/log 2>&1', 'exec gunicorn web:app > /tmp/log 2>&1'],
    ['gunicorn web:app &> /tmp/log', 'exec gunicorn web:app &> /tmp/log'],
    ['bin/start --name "a;b" c\\;d', 'exec bin/start --name "a;b" c\\;d'],
  ])('%s', (line, expected) => {
    expect(execLast(line)).toBe(expected);
  });

  test.each([
    'exec gunicorn web:app',
    'cd shop && exec gunicorn web:app',
    'gunicorn web:app | tee log',
    '(cd shop; gunicorn web:app)',
    '{ gunicorn web:app; }',
    'gunicorn web:app -b :$(cat port)',
    'gunicorn web:app -b ":$(cat port)"',
    'gunicorn web:app -b `cat port`',
    'if test -f x; then gunicorn a:app; fi',
    'while true; do sleep 1; done',
    'gunicorn web:app &',
    'trap "" TERM; gunicorn web:app',
    'gunicorn web:app; echo # the end',
    'gunicorn web:app << END',
    'X=1',
    '$SERVER web:app',
    "gunicorn 'web:app",
    '',
  ])('but not in %s', (line) => {
    expect(execLast(line)).toBe(line);
  });

  test.each(['A="x y" printenv A', 'false || echo "one; two"', "true && printf '%s' 'three'", 'echo four >&2; echo five'])(
    'a shell does the same for %s',
    (line) => {
      const run = (command: string) => execFileSync('/bin/sh', ['-c', command], { encoding: 'utf8', stdio: 'pipe' });
      expect(run(execLast(line))).toBe(run(line));
      expect(execLast(line)).not.toBe(line);
    },
  );
});
