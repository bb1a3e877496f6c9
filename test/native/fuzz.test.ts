import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Effect, RunOutcome } from '../../src/execute/effect.ts';
import { SETTINGS } from '../../src/inspect/settings/table.ts';
import { parseOutcomes } from '../support/perform.ts';
import { mutated } from './fuzz/mutate.ts';
import { createRandom, type Random } from './fuzz/random.ts';
import { fingerprint, growTree, makeOutside } from './fuzz/trees.ts';
import { describeNative, nativePrograms } from './support/native.ts';

/** How long each test goes on, and where it begins: `S2I_FUZZ_SECONDS=600 S2I_FUZZ_SEED=7 npx vitest run test/native/fuzz.test.ts`. */
const seconds = Number(process.env.S2I_FUZZ_SECONDS ?? 3);
const firstSeed = Number(process.env.S2I_FUZZ_SEED ?? 1);
/** Longer than anything here takes on a busy machine. Milliseconds. */
const patience = 120_000;

/** Repeats something with one seed after another for its time. A failure names the seed. */
async function repeat(act: (random: Random, seed: number, folder: string) => Promise<void> | void): Promise<void> {
  const end = Date.now() + seconds * 1000;
  for (let seed = firstSeed; Date.now() < end || seed === firstSeed; seed += 1) {
    const folder = mkdtempSync(join(realpathSync(tmpdir()), 's2i-fuzz-'));
    try {
      await act(createRandom(seed), seed, folder);
    } finally {
      spawnSync('rm', ['-rf', folder]);
    }
  }
}

interface Ran {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

function runProgram(which: 'program' | 'tests', words: readonly string[], env: Readonly<Record<string, string>>): Ran {
  const options = {
    encoding: 'latin1',
    env: { PATH: '/usr/bin:/bin', ...env },
    cwd: '/',
    timeout: patience,
    maxBuffer: 1e8,
  } as const;
  return spawnSync(nativePrograms()[which], words, options);
}

/** It ended by itself, and not by a mistake of ours. */
function expectSound({ status, signal, stderr }: Ran, seed: number): void {
  const mistake = /internal error.*|stack overflow|^\s+at .*/m.exec(stderr)?.[0];
  expect({ seed, signal, mistake, internal: status === 70 }).toEqual({ seed, signal: null, mistake: undefined, internal: false });
}

describeNative('the native host on random input', () => {
  test('walks through trees that change meanwhile, and never out of them', { timeout: 0 }, async () => {
    await repeat(async (random, seed, folder) => {
      const [root, outside] = [join(folder, 'tree'), join(folder, 'outside')];
      mkdirSync(root);
      makeOutside(outside);
      growTree(random, Buffer.from(root), outside);
      const before = fingerprint(outside);
      const swap = join(import.meta.dirname, 'fuzz/swap.ts');
      const swapper = spawn(process.execPath, [swap, root, outside, `${seed}`], { stdio: ['ignore', 'pipe', 'inherit'] });
      await new Promise((resolve) => swapper.stdout.once('data', resolve));
      const effects: readonly Effect[] = [
        { kind: 'normalise-tree', path: root },
        { kind: 'scan-tree', root, needles: ['s3cret'] },
        { kind: 'archive-tree', root, exclude: ['a*', '?'], file: join(folder, 'tar') },
        { kind: 'remove-tree', path: root },
      ];
      const ran = runProgram('tests', ['effects', JSON.stringify({ effects })], {});
      swapper.kill('SIGKILL');
      await new Promise((resolve) => swapper.once('close', resolve));
      expectSound(ran, seed);
      expect(parseOutcomes(ran.stderr)).toHaveLength(effects.length);
      expect({ seed, outside: fingerprint(outside) }).toEqual({ seed, outside: before });
    });
  });

  test('plans any project with any environment, or says what is wrong', { timeout: 0 }, async () => {
    const corpus = join(import.meta.dirname, '../corpus');
    const projects = readdirSync(corpus, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name === 'project')
      .map((entry) => join(entry.parentPath, entry.name));
    await repeat((random, seed, folder) => {
      const project = join(folder, 'project');
      cpSync(projects[random.below(projects.length)] ?? '', project, { recursive: true });
      for (const entry of readdirSync(project, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        if (entry.isFile() && random.chance(2)) writeFileSync(path, mutated(random, readFileSync(path)));
      }
      const value = (): string =>
        mutated(random, Buffer.from(random.oneOf(['', '1', 'app:app', '8080'])))
          .toString('utf8')
          .replaceAll('\0', '');
      const settings = SETTINGS.filter(() => random.chance(6)).map(({ name }) => [name, value().slice(0, 60_000)] as const);
      expectSound(runProgram('program', ['plan', project], Object.fromEntries(settings)), seed);
      rmSync(project, { recursive: true });
    });
  });

  test('runs programs that end in any way', { timeout: 0 }, async () => {
    const lines = [
      'echo out',
      'echo err >&2',
      'printf "no end"',
      'printf "\\377\\0\\n"',
      'head -c 300000 /dev/zero',
      'exec >&-',
    ] as const;
    const signals = ['TERM', 'KILL', 'HUP', 'ABRT', 'PIPE', 'SEGV', 'ALRM', 'USR1'] as const;
    const numbers = { TERM: 15, KILL: 9, HUP: 1, ABRT: 6, PIPE: 13, SEGV: 11, ALRM: 14, USR1: 10 } as const;
    await repeat((random, seed) => {
      const script = Array.from({ length: random.below(5) }, () => random.oneOf(lines));
      const signal = random.oneOf(signals);
      const code = random.below(256);
      const left = random.chance(3) ? ['sleep 0.3 &'] : [];
      const ending = random.chance(2) ? `kill -${signal} $$` : `exit ${code}`;
      const argv = ['sh', '-c', [...script, ...left, ending].join('\n')] as const;
      const command = {
        argv,
        directory: '/',
        environment: { set: {}, unset: [] },
        output: random.oneOf(['pass', 'keep', 'drop']),
      };
      const ran = runProgram('tests', ['effects', JSON.stringify({ effects: [{ kind: 'run', command }] })], {});
      expectSound(ran, seed);
      const [outcome] = parseOutcomes(ran.stderr) as readonly RunOutcome[];
      const expected = ending.startsWith('kill') ? { how: 'signal', signal: numbers[signal] } : { how: 'exit', code };
      expect({ seed, end: outcome?.end }).toEqual({ seed, end: expected });
    });
  });
});
