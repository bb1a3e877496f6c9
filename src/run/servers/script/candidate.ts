import type { Failure } from '../../../failures/failure.ts';
import type { RunFacts, SoughtFile, SoughtProgram, SoughtScript } from '../../facts.ts';
import type { Line } from '../../launch.ts';
import { type Draft, fail, pass, take, type Verdict } from '../../verdict.ts';
import { gradioEnvironment } from '../gradio/options.ts';
import { PAGE_SERVERS } from '../page-servers.ts';

const BARE: Pick<Draft, 'environment' | 'migrates' | 'init' | 'uses'> = {
  environment: { set: {}, unset: [] },
  migrates: 'no',
  init: 'wanted',
  uses: [],
};

/** APP_SCRIPT, by default app.sh (B44-B48). */
export function script(facts: RunFacts): Verdict {
  const sought = facts.script;
  if (sought === undefined) return pass(notNamed(facts, 'APP_SCRIPT', 'app.sh'));
  if (!sought.exists) return notThere(facts, sought, 'APP_SCRIPT');
  const failure = whyNotStarted(facts, sought);
  if (failure !== undefined) return fail(failure);
  return take({
    ...BARE,
    server: 'script',
    application: sought.name,
    // bash gives a script its absolute path as `$0` (B46).
    argv: sought.head.kind === 'shell-text' ? [sought.head.shell, sought.path] : [sought.path],
    lines: [{ level: 'step', text: `Running application from script (${sought.name}) ...` }, ...remarksOn(sought)],
    why:
      sought.source.from === 'default'
        ? 'app.sh is there, and APP_SCRIPT, APP_FILE and APP_MODULE are not set'
        : 'APP_SCRIPT names it',
    because: [sought.source],
  });
}

/** APP_FILE, by default app.py (B49). */
export function pythonScript(facts: RunFacts): Verdict {
  const sought = facts.file;
  if (sought === undefined) return pass(notNamed(facts, 'APP_FILE', 'app.py'));
  if (!sought.exists) return notThere(facts, sought, 'APP_FILE');
  if (sought.ends === 'ask') return { says: 'ask', question: { about: 'sources' }, rejected: [] };
  if (typeof sought.ends === 'object' && 'needs' in sought.ends) {
    const { title } = PAGE_SERVERS[sought.ends.needs];
    const named = sought.source.from === 'environment' ? 'APP_SERVER says so' : `APP_FILE=${sought.name} runs it all the same`;
    const reason = `it is for ${title}: run as a program it would serve nothing (${named})`;
    return pass({ candidate: sought.name, where: facts.appHome.path, reason });
  }
  if (typeof sought.ends === 'object') {
    const reason = `it defines ${sought.ends.atOnce} and starts nothing: run as a script it would end at once (APP_FILE=${sought.name} runs it all the same)`;
    return pass({ candidate: sought.name, where: facts.appHome.path, reason });
  }
  return take({
    ...BARE,
    ...(sought.gradio ? { environment: gradioEnvironment(facts), uses: ['PORT'] } : {}),
    server: 'python-script',
    application: sought.name,
    argv: ['python', sought.name],
    lines: [{ level: 'step', text: `Running application from Python script (${sought.name}) ...` }, ...unreachable(sought)],
    why:
      sought.source.from === 'default'
        ? 'app.py is there, and APP_SCRIPT, APP_FILE and APP_MODULE are not set'
        : 'APP_FILE names it',
    because: [sought.source],
  });
}

/** A server that a container's port leads nowhere to. */
function unreachable({ name, loopback }: SoughtProgram): readonly Line[] {
  if (loopback === undefined) return [];
  const { call, line } = loopback;
  const text = `${name}, line ${line}: ${call}() listens on 127.0.0.1, which nothing outside of the container reaches. Write there: host="0.0.0.0", port=8080`;
  return [{ level: 'warning', text }];
}

function notNamed(facts: RunFacts, setting: 'APP_SCRIPT' | 'APP_FILE', fallback: string) {
  const others = (['APP_SCRIPT', 'APP_FILE', 'APP_MODULE'] as const).filter((name) => facts.settings.text(name) !== undefined);
  return {
    candidate: setting,
    where: facts.appHome.path,
    reason: `not set, and ${fallback} does not count because ${others.join(' and ')} ${others.length === 1 ? 'is' : 'are'} set`,
  };
}

function notThere(facts: RunFacts, sought: SoughtFile, setting: 'APP_SCRIPT' | 'APP_FILE'): Verdict {
  if (sought.source.from === 'default') {
    return pass({ candidate: sought.name, where: facts.appHome.path, reason: 'not there' });
  }
  return fail({
    kind: 'app-file-missing',
    setting,
    value: sought.name,
    directory: facts.appHome.path,
    similar: sought.similar,
    ...(sought.instead === undefined ? {} : { instead: sought.instead }),
  });
}

/** What the kernel or the shell would refuse (B46). */
function whyNotStarted({ shell, python }: RunFacts, { name, path, executable, head }: SoughtScript): Failure | undefined {
  if (!executable) return { kind: 'script-not-executable', path };
  if (head.kind === 'program') return undefined;
  if (head.kind === 'shell-text') return shell ? undefined : { kind: 'no-shell', subject: name, program: head.shell, python };
  const { interpreter } = head;
  if (head.carriageReturn) return { kind: 'script-crlf', path };
  if (head.exists) return undefined;
  return shell
    ? { kind: 'script-interpreter-missing', path, interpreter }
    : { kind: 'no-shell', subject: name, program: interpreter, python };
}

function remarksOn({ name, head }: SoughtScript): readonly Line[] {
  if (head.kind !== 'shell-text') return [];
  const lines: Line[] = [{ level: 'info', text: `${name} has no #! in its first line, so ${head.shell} runs it.` }];
  if (head.carriageReturns) {
    lines.push({
      level: 'warning',
      text: `${name} has Windows line ends (CRLF); the shell takes the carriage returns for part of its commands.`,
    });
  }
  return lines;
}
