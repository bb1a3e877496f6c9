/**
 * Writes the code of the bundles next to them: `node compile.cjs`, by the Node that is going to run them. Of most bundles
 * it is every function there is. That of `run` is taken from a rehearsal, a start that stops short of the hand-over, and
 * holds the functions that were used: it is half as large, which is a millisecond.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import { CODE, createLoader, wrapped } from './loader.ts';
import { makeProject, rehearsed } from './rehearsal.ts';

const bundles = ['assemble', 'usage', 'save-artifacts', 'fix-permissions', 'process', 'trees', 'json-log'];

if (process.argv[2] === 'rehearse') rehearse();
else void compileAll();

async function compileAll(): Promise<void> {
  for (const name of bundles) {
    const file = join(__dirname, `${name}.cjs`);
    keep(file, compiled(file));
  }
  const folder = mkdtempSync(join(tmpdir(), 's2i-rehearsal-'));
  try {
    await inProject(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The flag must be back before the code is taken: V8 compares flags when it is used. */
function compiled(file: string): Script {
  setFlagsFromString('--no-lazy');
  const script = new Script(wrapped(readFileSync(file, 'utf8')), { filename: file });
  setFlagsFromString('--lazy');
  return script;
}

/** Whole or not at all: a hook may be starting. */
function keep(file: string, script: Script): void {
  writeFileSync(`${file}${CODE}.new`, script.createCachedData());
  renameSync(`${file}${CODE}.new`, file + CODE);
}

/** In a process of its own: a hook takes its environment from the kernel. */
async function inProject(folder: string): Promise<void> {
  const project = makeProject(folder);
  const child = spawn(process.execPath, ['--no-warnings', __filename, 'rehearse'], {
    cwd: project.directory,
    env: project.environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== rehearsed) throw new Error(`the rehearsal of run ended with ${String(code)}`);
}

function rehearse(): void {
  const scripts = new Map<string, Script>();
  process.execve = () => {
    for (const [file, script] of scripts) keep(file, script);
    process.exit(rehearsed);
  };
  createLoader(__dirname, (file, script) => scripts.set(file, script))('run');
}
