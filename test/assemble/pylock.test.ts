import { expect, test } from 'vitest';
import { requirementsIn } from '../../src/assemble/installers/uv/pylock.ts';

const HEAD = 'lock-version = "1.0"\ncreated-by = "uv"\n';
const one = 'a1'.repeat(32);
const two = 'b2'.repeat(32);
const archive = `wheels = [{ url = "https://files.example/x.whl", hashes = { sha256 = "${one}" } }]`;

test.each([
  ['a wheel', archive, `flask==3.1.2 --hash=sha256:${one}`],
  [
    'archives in tables of their own',
    `[packages.sdist]\nurl = "u"\n[packages.sdist.hashes]\nsha256 = "${one}"\n\n[[packages.wheels]]\nurl = "u"\n[packages.wheels.hashes]\nsha256="${two}"`,
    `flask==3.1.2 --hash=sha256:${one} --hash=sha256:${two}`,
  ],
  ['a marker', `marker = "sys_platform == 'win32'"\n${archive}`, `flask==3.1.2 ; sys_platform == 'win32' --hash=sha256:${one}`],
  [
    'a marker with its quotes escaped',
    `marker = "os_name == \\"nt\\""\n${archive}`,
    `flask==3.1.2 ; os_name == "nt" --hash=sha256:${one}`,
  ],
  ['a marker as a literal', `marker = 'os_name == "nt"'\n${archive}`, `flask==3.1.2 ; os_name == "nt" --hash=sha256:${one}`],
  ['a folder', 'directory = { path = "packages/flask", editable = true }', './packages/flask'],
  ['the project itself', '[packages.directory]\npath = "."', '.'],
  ['a group', `marker = "'dev' in dependency_groups"\n${archive}`, undefined],
  ['an extra', `marker = "'web' in extras"\n${archive}`, undefined],
  ['a marker that is written otherwise', `marker = """os_name == "nt" """\n${archive}`, undefined],
  ['a repository', 'vcs = { type = "git", url = "https://git.example/x", commit-id = "c" }', undefined],
  ['an archive by address', `archive = { url = "https://files.example/x.zip", hashes = { sha256 = "${one}" } }`, undefined],
  ['another hash', 'wheels = [{ url = "u", hashes = { sha512 = "c" } }]', undefined],
])('%s', (_what, text, line) => {
  const lock = `${HEAD}\n[[packages]]\nname = "Flask"\nversion = "3.1.2"\n${text}\n`;
  expect(requirementsIn(lock)).toEqual(line === undefined ? undefined : [line]);
});

test('a lock that is laid out otherwise is left to the tool', () => {
  expect(requirementsIn(`${HEAD}\n[[packages]]\nversion = "3.1.2"\nname = "flask"\n${archive}\n`)).toBeUndefined();
  expect(requirementsIn(`${HEAD}\n[[ packages ]]\nname = "flask"\nversion = "3.1.2"\n${archive}\n`)).toBeUndefined();
  expect(requirementsIn(`${HEAD}\npackages = []\n`)).toEqual([]);
});
