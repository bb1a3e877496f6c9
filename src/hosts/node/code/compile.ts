/**
 * Writes the code of the bundles next to them: `node compile.cjs`, by the Node that is going to run them. `run` and
 * `assemble` are rehearsed, and the code of what they load holds the functions that were used and no others. Of the other
 * bundles it is every function there is, which is three times as much: a millisecond of `run`, four of `assemble`.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import { CODE, createLoader, wrapped } from './loader.ts';
import { prepareNext, prepareRehearsal, type Rehearsed, rehearsals, type Stage } from './rehearsal.ts';

/** What starts a hook is too small to gain by it, and this file starts none. */
const without = ['start.cjs', 'compile.cjs'];

const asked = rehearsals.find((hook) => hook === process.argv[2]);
if (asked === undefined) void compileAll();
else perform(asked);

async function compileAll(): Promise<void> {
  const names = readdirSync(__dirname).filter((name) => name.endsWith('.cjs') && !without.includes(name));
  const files = names.map((name) => join(__dirname, name));
  // A rehearsal with earlier code would keep all of that.
  for (const file of files) rmSync(file + CODE, { force: true });
  await rehearse();
  for (const file of files) if (!existsSync(file + CODE)) keep(file, compiled(file));
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

/** Each in a process of its own: a hook takes its environment from the kernel. Without it, the hook has all of its code. */
async function rehearse(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 's2i-rehearsal-'));
  try {
    const stage = prepareRehearsal(folder);
    for (const hook of rehearsals) {
      const code = await started(hook, stage);
      if (code !== 0)
        process.stderr.write(`WARNING: the rehearsal of ${hook} ended with ${String(code)}; it will start more slowly.\n`);
      prepareNext(stage);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function started(hook: Rehearsed, { directory, environment }: Stage): Promise<unknown> {
  const child = spawn(process.execPath, ['--no-warnings', __filename, hook], {
    cwd: directory,
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve) => child.once('close', resolve));
}

/** Runs a hook to its end, which for `run` is the hand-over, and keeps the code of what was loaded. */
function perform(hook: Rehearsed): void {
  const scripts = new Map<string, Script>();
  process.execve = () => process.exit(0);
  process.on('exit', (code) => {
    if (code === 0) for (const [file, script] of scripts) keep(file, script);
  });
  process.argv.splice(2, 1);
  createLoader(__dirname, (file, script) => scripts.set(file, script))(hook);
}
