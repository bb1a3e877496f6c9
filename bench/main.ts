/** `npm run bench [-- --check]`: how fast the hooks are, against those in HOOKS_BASELINE where it is given. */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { bundleHooks } from '../scripts/bundle-hooks.ts';
import { provideNative, reasonAgainstNative } from '../test/native/support/provide.ts';
import type { Job } from './bench.ts';
import type { Results } from './inside.ts';
import { type Circumstances, renderPage } from './report/page.ts';
import { judge, type Verdict } from './report/results.ts';
import { renderTable } from './report/table.ts';
import { rows } from './rows.ts';

const project = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '30' },
    only: { type: 'string', multiple: true, default: [] },
  },
});
const given = process.env.HOOKS_BASELINE;
const baseline = given === undefined || given === '' ? undefined : resolve(given);

process.exitCode = await main();

/** 0, 1 for a missed target, 2 for what is missing to measure at all. */
async function main(): Promise<number> {
  const missing = whatIsMissing();
  if (missing !== undefined) {
    process.stderr.write(`bench: ${missing}\n`);
    return 2;
  }
  const results = await measured();
  if (results === undefined) return 1;
  const verdicts = results.measured.map(judge);
  process.stdout.write(`\n${renderTable(verdicts)}`);
  for (const line of results.left) process.stdout.write(`NOT MEASURED ${line}\n`);
  if (baseline === undefined) {
    process.stdout.write('\nTo compare: HOOKS_BASELINE=DIR npm run bench, where DIR holds root/ and s2i/bin/ of other hooks.\n');
  }
  if (!values.check) return 0;
  if (values.only.length === 0)
    writeFileSync(join(project, 'docs/bench.md'), renderPage(verdicts, circumstances(results), results.left));
  return conclude(verdicts);
}

function whatIsMissing(): string | undefined {
  if (!existsSync('/usr/bin/time')) return 'it needs /usr/bin/time (apt-get install time)';
  const native = needsNative() ? reasonAgainstNative() : undefined;
  if (native !== undefined) return `the native host cannot be built: ${native}`;
  const unknown = values.only.find((id) => !rows.some((row) => row.id === id));
  if (unknown !== undefined) return `there is no row ${unknown}, only ${rows.map((row) => row.id).join(', ')}`;
  if (!/^[1-9]\d*$/.test(values.rounds)) return `--rounds takes a number, not ${values.rounds}`;
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it mounts file systems, so it runs as root on Linux';
  if (!existsSync('/usr/bin/python3')) return 'it needs /usr/bin/python3 with venv (apt-get install python3-venv)';
  if (baseline === undefined)
    return values.check ? '--check needs HOOKS_BASELINE=DIR with root/ and s2i/bin/ of other hooks' : undefined;
  return existsSync(join(baseline, 's2i/bin/run')) ? undefined : `HOOKS_BASELINE holds no s2i/bin/run: ${baseline}`;
}

function needsNative(): boolean {
  return rows.some((row) => isWanted(row.id) && row.host === 'native');
}

function isWanted(id: string): boolean {
  return values.only.length === 0 || values.only.includes(id);
}

/** Undefined when the measuring failed or was stopped; nothing is left behind in any case. */
async function measured(): Promise<Results | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 's2i-bench-'));
  try {
    return await measuredIn(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Measures in namespaces of its own, so that no mount and no process outlives it. */
async function measuredIn(folder: string): Promise<Results | undefined> {
  const bundles = join(folder, 'bundles');
  await bundleHooks(bundles);
  const job: Job = {
    folder,
    project,
    bundles,
    rounds: Number(values.rounds),
    only: values.only,
    ...(baseline === undefined ? {} : { baseline }),
    ...(needsNative() ? { native: (await provideNative()).program } : {}),
  };
  const namespaces = ['--mount', '--propagation', 'private', '--pid', '--fork', '--kill-child', '--mount-proc'];
  const inside = [process.execPath, join(project, 'bench/inside.ts'), JSON.stringify(job)];
  const child = execa('unshare', [...namespaces, ...inside], { stdio: ['ignore', 'inherit', 'inherit'], reject: false });
  const stop = () => child.kill('SIGKILL');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  const { failed } = await child;
  return failed ? undefined : (JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as Results);
}

function circumstances({ python }: Results): Circumstances {
  const processors = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: processors[0]?.model ?? 'unknown processor',
    processors: processors.length,
    kernel: release(),
    system: /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'unknown system',
    node: process.versions.node,
    python,
    rounds: Number(values.rounds),
    baseline: baseline === undefined ? 'none' : `\`run\` ${digest(join(baseline, 's2i/bin/run'))}`,
  };
}

function digest(file: string): string {
  return `sha256:${createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12)}`;
}

function conclude(verdicts: readonly Verdict[]): number {
  const missed = verdicts.filter(({ judgement }) => judgement === 'missed');
  for (const { title, ratio, target, ours, memory } of missed) {
    const limit = memory === undefined ? '' : `; ${ours.memory.toFixed(1)} MB, allowed ${memory}`;
    process.stdout.write(`MISSED ${title}: ${ratio?.toFixed(2) ?? ''}, allowed ${target ?? ''}${limit}\n`);
  }
  return missed.length === 0 ? 0 : 1;
}
