import { readFileSync, statSync } from 'node:fs';

/** Larger files are no `env` of GNU coreutils. Bytes. */
const largest = 4 * 1024 * 1024;

/**
 * The words that give a program the signal dispositions Node took away: Node ignores SIGPIPE and SIGXFSZ, and nothing in
 * Node can undo it. GNU env can, since coreutils 8.31; whether this one is such is read from its file, because asking it
 * costs a process. Undefined where there is none (busybox): what that means stands in the capability table.
 */
export function signalRestorer(env = '/usr/bin/env'): readonly string[] | undefined {
  return knows(program(env)) ? [env, '--default-signal=PIPE,XFSZ', '--'] : undefined;
}

/** RHEL's coreutils-single has one program for all, and scripts that name it. */
function program(env: string): Buffer | undefined {
  const file = content(env);
  const shared = file?.subarray(0, 2).toString('latin1') === '#!';
  const named = shared ? /^#!(\S*\/coreutils) --coreutils-prog-shebang=env\s/.exec(file?.toString('latin1') ?? '') : null;
  return named?.[1] === undefined ? (shared ? undefined : file) : content(named[1]);
}

function knows(file: Buffer | undefined): boolean {
  return file?.includes('default-signal') === true;
}

function content(path: string): Buffer | undefined {
  try {
    return statSync(path).size > largest ? undefined : readFileSync(path);
  } catch {
    return undefined;
  }
}
