import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createReader } from '../../src/hosts/node/reader.ts';
import { readStaticSetting } from '../../src/inspect/django/settings.ts';
import { temporaryDirectory } from '../support/temporary.ts';

const application = 'WSGI_APPLICATION = "config.wsgi.application"\n';

/** Settings modules as projects have them; `s` is the one that Django would import. */
const trees: readonly (readonly [string, Readonly<Record<string, string>>, 'read' | 'left to Django'])[] = [
  ['one file', { 's.py': `DEBUG = True\n${application}` }, 'read'],
  ['a package', { 's/__init__.py': application }, 'read'],
  ['a base that is star-imported', { 's/__init__.py': 'from .base import *  # noqa\n', 's/base.py': application }, 'read'],
  ['a base by its full name', { 's.py': 'from config.base import *\n', 'config/base.py': application }, 'read'],
  ['three levels', { 's.py': 'from a import *\n', 'a.py': 'from b import *\n', 'b.py': application }, 'read'],
  ['a value given anew', { 's.py': `from a import *\nWSGI_APPLICATION = 'x.wsgi.app'\n`, 'a.py': application }, 'read'],
  ['a value taken over', { 's.py': `WSGI_APPLICATION = 'x.wsgi.app'\nfrom a import *\n`, 'a.py': application }, 'read'],
  ['None', { 's.py': 'WSGI_APPLICATION = None\n' }, 'read'],
  ['nothing', { 's.py': 'DEBUG = True\n' }, 'read'],
  ['a text in brackets', { 's.py': 'WSGI_APPLICATION = (\n    "config."\n    "wsgi.application"\n)\n' }, 'read'],
  [
    'a comment and a docstring',
    { 's.py': `"""\nWSGI_APPLICATION = 'no'\n"""\n# WSGI_APPLICATION = "no"\n${application}` },
    'read',
  ],
  ['a branch that says the same', { 's.py': `${application}if True:\n    ${application}` }, 'read'],
  ['a branch that says something else', { 's.py': `${application}if True:\n    WSGI_APPLICATION = "y.z"\n` }, 'left to Django'],
  ['a format', { 's.py': 'NAME = "config"\nWSGI_APPLICATION = f"{NAME}.wsgi.application"\n' }, 'left to Django'],
  ['the environment', { 's.py': 'import os\nWSGI_APPLICATION = os.environ.get("W", "w.x")\n' }, 'left to Django'],
  ['a circle', { 's.py': `from a import *\n${application}`, 'a.py': 'from s import *\n' }, 'read'],
  ['a function of that name', { 's.py': `def f():\n    WSGI_APPLICATION = "no"\n${application}` }, 'read'],
  ['a tuple', { 's.py': 'DEBUG, WSGI_APPLICATION = True, "a.b"\n' }, 'left to Django'],
];

describe('[B61] WSGI_APPLICATION', () => {
  test.each(trees)('in %s is what Python finds, or left to it', (_what, files, outcome) => {
    const folder = temporaryDirectory();
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const read = readStaticSetting(
      createReader({ environment: new Map(), directory: folder }),
      [folder],
      's',
      'WSGI_APPLICATION',
    );
    expect(read.is === 'unknown' ? 'left to Django' : 'read').toBe(outcome);
    if (read.is !== 'unknown') expect(read.is === 'text' ? read.text : null).toBe(imported(folder));
  });
});

/** What the module has after Python imported it. */
function imported(folder: string): unknown {
  const program = 'import json, s\nprint(json.dumps(getattr(s, "WSGI_APPLICATION", None)))';
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1' };
  return JSON.parse(execFileSync('python3', ['-c', program], { encoding: 'utf8', env, cwd: folder }));
}
