import { isHook } from '../inspect/user-hooks.ts';
import { causeOf, statusOf } from './cause.ts';
import type { Failure } from './failure.ts';
import type { ToolFailed } from './kinds/building.ts';
import { type Message, renderMessage, type Words } from './message.ts';
import { buildingWords } from './words/building.ts';
import { imageWords } from './words/image.ts';
import { installerWords } from './words/installers.ts';
import { manifestWords } from './words/manifests.ts';
import { migrationWords } from './words/migration.ts';
import { scriptWords } from './words/scripts.ts';
import { servingWords } from './words/serving.ts';
import { settingWords } from './words/settings.ts';
import { startWords } from './words/start.ts';

/** By subject: each file in `words/` has the words of the failures of one file in `kinds/`. */
const WORDS: Words<Failure> = {
  ...settingWords,
  ...manifestWords,
  ...installerWords,
  ...buildingWords,
  ...startWords,
  ...scriptWords,
  ...servingWords,
  ...imageWords,
  ...migrationWords,
  interrupted: ({ signal }) => ({
    title: `Stopped by ${signal}.`,
    checks: ['whether somebody cancelled it, or a time limit was over'],
  }),
  bug: ({ detail }) => ({
    title: 'This is an error of s2i-python itself.',
    found: [detail],
    checks: ['please report it, with the log and what was built'],
  }),
};

/** The words of one failure. */
export function renderFailure(failure: Failure): string {
  return renderMessage(messageOf(failure.kind, failure));
}

function messageOf<Kind extends Failure['kind']>(kind: Kind, failure: Extract<Failure, { kind: Kind }>): Message {
  return WORDS[kind](failure);
}

const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGUSR1: 10, SIGUSR2: 12, SIGTERM: 15, SIGWINCH: 28 } as const;

/** Exit status of a hook that stops with these failures: the first one decides, upstream's own 3 before all (B14). */
export function exitCodeOf(failures: readonly Failure[]): number {
  const first = failures.find(({ kind }) => kind === 'pipenv-and-micropipenv') ?? failures[0];
  switch (first?.kind) {
    case 'pipenv-and-micropipenv':
      return 3;
    case 'tool-failed':
      return mayPass(first) ? 75 : statusOf(first.end) || 1;
    case 'not-started':
      return statusOf(first.end);
    case 'database-unreachable':
    case 'migration-locked':
      return 75;
    case 'script-not-executable':
    case 'script-bare':
      return 126;
    case 'script-crlf':
    case 'script-interpreter-missing':
    case 'no-shell':
      return 127;
    case 'environment-moved':
      return first.what === 'absent' ? 127 : 1;
    case 'interrupted':
      return 128 + SIGNAL_NUMBERS[first.signal];
    default:
      return 1;
  }
}

/**
 * The network was the cause. A database that the static files want does not come by waiting, nor does a lock get better; a hook
 * says by its own status what it means.
 */
function mayPass({ role, lastLines }: ToolFailed): boolean {
  return role !== 'collect-static' && role !== 'check-lock' && !isHook(role) && causeOf(lastLines).cause === 'network';
}
