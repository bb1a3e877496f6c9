/** Runs `check` and the tests, applies the rule about skips, and ends with one plain line of figures. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa, execaNode } from 'execa';

const root = join(import.meta.dirname, '..');
const report = join(root, 'test-results/report.json');

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly message?: string;
    readonly status: string;
    readonly assertionResults: readonly Assertion[];
  }[];
}

interface Assertion {
  readonly fullName: string;
  readonly status: 'passed' | 'failed' | 'skipped' | 'pending' | 'todo' | 'disabled';
}

/** Reasons for tests that may be skipped, by a part of their name. Anywhere but on Debian as root every skip is fine. */
function allowedSkips(): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(root, 'test/skips.json'), 'utf8')) as Record<string, string>;
}

function isDebianRoot(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version');
}

function readReport(): Report | undefined {
  return existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as Report) : undefined;
}

const [all, files] = [process.argv.includes('--all'), process.argv.slice(2).filter((argument) => !argument.startsWith('--'))];
const check = await execaNode(join(root, 'scripts/check.ts'), { cwd: root, stdio: 'inherit', reject: false });
await execa('rm', ['-f', report]);
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
await execa('vitest', ['run', ...reporters, ...files], {
  cwd: root,
  stdio: 'inherit',
  reject: false,
  preferLocal: true,
  env: all ? { S2I_TEST_ALL: '1' } : {},
});

const results = readReport();
const tests = results?.testResults.flatMap(({ assertionResults }) => assertionResults) ?? [];
const brokenFiles =
  results?.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0) ?? [];
const count = (...statuses: readonly string[]) => tests.filter(({ status }) => statuses.includes(status)).length;
const reasons = allowedSkips();
const unexplained = tests.filter(
  ({ status, fullName }) =>
    !['passed', 'failed'].includes(status) && !Object.keys(reasons).some((part) => fullName.includes(part)),
);
for (const { name, message } of brokenFiles) process.stdout.write(`FAIL ${name}\n${message ?? ''}\n`);
const refused = isDebianRoot() ? unexplained : [];
for (const { fullName } of refused) process.stdout.write(`FAIL skipped without a reason in test/skips.json: ${fullName}\n`);
if (results === undefined) process.stdout.write('FAIL the test runner left no report\n');

const passed = count('passed') + (check.exitCode === 0 ? 1 : 0);
const failed =
  count('failed') + brokenFiles.length + refused.length + (check.exitCode === 0 ? 0 : 1) + (results === undefined ? 1 : 0);
const skipped = tests.length - count('passed', 'failed') - refused.length;
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = failed === 0 ? 0 : 1;
