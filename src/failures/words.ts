import { isHook } from '../inspect/user-hooks.ts';
import { causeOf, statusOf } from './cause.ts';
import type { Failure } from './failure.ts';
import type { ToolFailed } from './kinds/building.ts';
import { type Message, renderMessage } from './message.ts';
import { buildingWords } from './words/building.ts';
import { imageWords } from './words/image.ts';
import { installerWords } from './words/installers.ts';
import { manifestWords } from './words/manifests.ts';
import { migrationWords } from './words/migration.ts';
import { scriptWords } from './words/scripts.ts';
import { servingWords } from './words/serving.ts';
import { settingWords } from './words/settings.ts';
import { startWords } from './words/start.ts';

/** The words of one failure. */
export function renderFailure(failure: Failure): string {
  return renderMessage(messageOf(failure));
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

/** By subject: each file in `words/` has the words of the failures of one file in `kinds/`. */
function messageOf(failure: Failure): Message {
  switch (failure.kind) {
    case 'setting-value':
    case 'setting-not-text':
    case 'pipenv-and-micropipenv':
    case 'strict':
      return settingWords(failure);
    case 'manifest-unreadable':
    case 'manifest-syntax':
    case 'manifest-bom':
    case 'manifest-nesting':
    case 'manifest-shape':
    case 'setup-cfg-alone':
    case 'requirement-file-missing':
    case 'nothing-to-install':
    case 'requirement-file-circular':
      return manifestWords(failure);
    case 'package-managers-differ':
    case 'several-locks':
    case 'manager-without-manifest':
    case 'lock-alone':
    case 'python-differs':
      return installerWords(failure);
    case 'source-locked':
    case 'tool-failed':
    case 'tree-failed':
    case 'python-missing':
    case 'secret-written':
    case 'venv-broken':
    case 'ca-bundle':
      return buildingWords(failure);
    case 'app-home-missing':
    case 'app-file-missing':
    case 'environment-moved':
    case 'process-missing':
      return startWords(failure);
    case 'script-not-executable':
    case 'script-bare':
    case 'script-crlf':
    case 'script-interpreter-missing':
    case 'hook-folder':
    case 'hook-no-file':
    case 'hook-misspelt':
      return scriptWords(failure);
    case 'no-shell':
      return imageWords(failure);
    case 'database-unreachable':
    case 'database-refused':
    case 'migration-locked':
    case 'no-migration-lock':
    case 'nothing-to-migrate':
      return migrationWords(failure);
    case 'unbalanced-quote':
    case 'several-wsgi-modules':
    case 'server-not-installed':
    case 'server-without-application':
    case 'several-applications':
    case 'no-server-for-protocol':
    case 'no-factory':
    case 'application-missing':
    case 'no-launch':
    case 'not-started':
      return servingWords(failure);
    case 'interrupted':
      return {
        title: `Stopped by ${failure.signal}.`,
        checks: ['whether somebody cancelled it, or a time limit was over'],
      };
    case 'bug':
      return {
        title: 'This is an error of s2i-python itself.',
        found: [failure.detail],
        checks: ['please report it, with the log and what was built'],
      };
  }
}
