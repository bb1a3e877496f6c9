import { expect, test } from 'vitest';
import { readInterpreter } from '../../src/assemble/saved/interpreter.ts';
import { createScriptedReader } from '../support/scripted-reader.ts';

const venv = {
  '/opt/app-root/pyvenv.cfg': 'home = /usr/bin\nversion = 3.13.5\n',
  '/opt/app-root/lib/python3.13/site-packages/six.py': '',
};

function read(files: Readonly<Record<string, string>>) {
  return readInterpreter(createScriptedReader({ files }), '/opt/app-root');
}

test('the extension modules beside the interpreter tell its ABI', () => {
  const files = {
    ...venv,
    '/usr/lib/python3.13/lib-dynload/_csv.cpython-313-x86_64-linux-gnu.so': '',
    '/usr/lib/python3.13/lib-dynload/_json.cpython-313-x86_64-linux-gnu.so': '',
  };
  expect(read(files)).toEqual({ python: '3.13', abi: 'cpython-313-x86_64-linux-gnu' });
});

test('they lie in lib64 on Red Hat systems', () => {
  const files = { ...venv, '/usr/lib64/python3.13/lib-dynload/_csv.cpython-313-aarch64-linux-gnu.so': '' };
  expect(read(files)).toEqual({ python: '3.13', abi: 'cpython-313-aarch64-linux-gnu' });
});

test('two ABIs side by side tell nothing', () => {
  const files = {
    ...venv,
    '/usr/lib/python3.13/lib-dynload/_csv.cpython-313-x86_64-linux-gnu.so': '',
    '/usr/lib/python3.13/lib-dynload/_csv.cpython-313-i386-linux-gnu.so': '',
  };
  expect(read(files)).toBeUndefined();
});

test.each([
  ['without extension modules (PyPy, or all of them built in)', venv],
  ['without pyvenv.cfg', { '/opt/app-root/lib/python3.13/site-packages/six.py': '' }],
  ['without a library', { '/opt/app-root/pyvenv.cfg': 'home = /usr/bin\n' }],
])('an environment %s tells nothing', (_, files) => {
  expect(read(files)).toBeUndefined();
});
