import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../support/temporary.ts';

const script = join(import.meta.dirname, '../../images/build/pack-pip.py');

/** A wheel of a module, of one that is run by its path, and of what has no use on Linux. */
const MAKE = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    wheel.writestr("words/__init__.py", 'HELLO = "hello"\\n')
    wheel.writestr("words/__pip-runner__.py", "print(1)\\n")
    wheel.writestr("words/t32.exe", "MZ")
    wheel.writestr("words/data.pem", "data")
    wheel.writestr("words-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: words\\nVersion: 1.0\\n")
    wheel.writestr("words-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nTag: py3-none-any\\n")
    wheel.writestr("words-1.0.dist-info/RECORD", "words/__init__.py,,\\n")
`;

const LOOK = `
import csv, hashlib, base64, importlib.metadata, io, json, sys, zipfile
sys.path.insert(0, sys.argv[1])
import words
archive = zipfile.ZipFile(sys.argv[1])
rows = list(csv.reader(io.StringIO(archive.read("words-1.0.dist-info/RECORD").decode())))
digest = lambda name: base64.urlsafe_b64encode(hashlib.sha256(archive.read(name)).digest()).decode().rstrip("=")
print(json.dumps({
    "names": archive.namelist(),
    "said": words.HELLO,
    "version": importlib.metadata.version("words"),
    "right": all(found == "sha256=" + digest(name) for name, found, size in rows if found),
    "listed": [name for name, *_ in rows],
    "tag": archive.read("words-1.0.dist-info/WHEEL").decode().split("Tag: ")[1].strip(),
    "own": f"cp{sys.version_info.major}{sys.version_info.minor}-none-any",
}))
`;

function python(...argv: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('python3', argv, { encoding: 'utf8', env: { PATH: process.env.PATH } });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

test('a wheel is packed into an archive of compiled modules that is a wheel again', () => {
  const folder = temporaryDirectory();
  const [wheel, one, two] = ['words-1.0-py3-none-any.whl', 'below/pip', 'pip'].map((name) => join(folder, name));
  python('-c', MAKE, wheel ?? '');
  python(script, wheel ?? '', one ?? '');
  const seen = JSON.parse(python('-c', LOOK, one ?? '')) as Record<string, unknown>;
  expect(seen).toMatchObject({ said: 'hello', version: '1.0', right: true, tag: seen.own });
  expect(seen.names).toEqual([
    'words-1.0.dist-info/METADATA',
    'words-1.0.dist-info/WHEEL',
    'words/__init__.pyc',
    'words/__pip-runner__.pyc',
    'words/__pip-runner__.py',
    'words/data.pem',
    'words-1.0.dist-info/RECORD',
  ]);
  expect(seen.listed).toEqual(seen.names);
  python(script, wheel ?? '', two ?? '');
  expect(readFileSync(one ?? '').equals(readFileSync(two ?? ''))).toBe(true);
});

test('what cannot be compiled ends the build', () => {
  const folder = temporaryDirectory();
  const wheel = join(folder, 'broken.whl');
  const make = `${MAKE}\nwith zipfile.ZipFile(sys.argv[1], "a") as wheel:\n    wheel.writestr("words/broken.py", "def")\n`;
  writeFileSync(join(folder, 'make.py'), make);
  python(join(folder, 'make.py'), wheel);
  expect(() => python(script, wheel, join(folder, 'pip'))).toThrow(/SyntaxError|invalid syntax/);
});
