import type { EnvironmentPatch } from '../../../execute/effect.ts';
import { fromFile } from '../../../inspect/fact.ts';
import type { Workers } from '../../../inspect/limits/workers.ts';
import { execLast } from '../../../inspect/procfile/exec-last.ts';
import type { ProcessLine } from '../../../inspect/procfile/parse.ts';
import { splitCommand } from '../../../inspect/procfile/words.ts';
import type { RunFacts } from '../../facts.ts';
import type { Line } from '../../launch.ts';
import { fail, pass, take, type Verdict } from '../../verdict.ts';
import { listeningOn } from '../port.ts';
import { workersOf } from '../workers.ts';

/** APP_PROCESS names a line of Procfile: the same image runs as a web server, a worker, a clock. */
export function chosenProcess(facts: RunFacts): Verdict {
  const chosen = facts.settings.text('APP_PROCESS');
  if (chosen === undefined || !facts.appHome.exists) return pass();
  const processes = facts.procfile?.processes ?? [];
  const process = processes.find(({ name }) => name === chosen.value);
  if (process !== undefined) return startProcess(facts, process, `APP_PROCESS names it`);
  return fail({
    kind: 'process-missing',
    process: chosen.value,
    directory: facts.appHome.path,
    hasFile: facts.procfile !== undefined,
    processes: processes.map(({ name }) => name),
  });
}

/** The line `web` of Procfile, where the incumbent would start nothing, or Django's development server. */
export function webProcess(facts: RunFacts): Verdict {
  const { procfile } = facts;
  if (procfile === undefined) return pass();
  const process = procfile.processes.find(({ name }) => name === 'web');
  if (process !== undefined) return startProcess(facts, process, 'Procfile has a line for web');
  const names = procfile.processes.map(({ name }) => name).join(', ');
  const reason = names === '' ? 'it names no process' : `it has no line for web, only for ${names} (APP_PROCESS chooses one)`;
  return pass({ candidate: 'Procfile', where: facts.appHome.path, reason });
}

function startProcess(facts: RunFacts, { name, command, line }: ProcessLine, why: string): Verdict {
  const workers = workersFor(facts, command);
  const listening = withWorkers(listeningOn(facts), workers);
  const words = splitCommand(
    command,
    (variable) => facts.variables && (listening.set[variable] ?? facts.variables[variable] ?? ''),
  );
  if (words.is === 'shell' && !facts.shell) {
    return fail({ kind: 'no-shell', subject: `The line ${name} of Procfile`, program: '/bin/sh', python: facts.python });
  }
  return take({
    server: 'process',
    application: name,
    argv: words.is === 'words' ? words.words : ['/bin/sh', '-c', execLast(command)],
    environment: listening,
    lines: [
      { level: 'step', text: `Running the process ${name} of Procfile ...` },
      ...(workers === undefined ? [] : [{ level: 'info', text: `WEB_CONCURRENCY: ${workers.count} (${workers.why})` } as const]),
      ...(words.is === 'shell' ? [{ level: 'info', text: 'A shell runs it, because of the syntax of its line.' } as const] : []),
      ...strangeLines(facts),
    ],
    why: `${why} (line ${line})`,
    because: [fromFile('Procfile', name)],
    migrates: name === 'web' ? 'yes' : 'no',
    init: 'wanted',
    uses: ['PORT'],
  });
}

/** A line that asks for WEB_CONCURRENCY gets it, as where Procfile comes from; \`--workers\` alone would end the server. */
function workersFor(facts: RunFacts, command: string): Workers | undefined {
  const asks = /\$(?:WEB_CONCURRENCY\b|\{WEB_CONCURRENCY\})/.test(command);
  return asks && (facts.variables?.WEB_CONCURRENCY ?? '') === '' ? workersOf(facts, 'sync') : undefined;
}

function withWorkers({ set, unset }: EnvironmentPatch, workers: Workers | undefined): EnvironmentPatch {
  return workers === undefined ? { set, unset } : { set: { ...set, WEB_CONCURRENCY: String(workers.count) }, unset };
}

function strangeLines({ procfile }: RunFacts): readonly Line[] {
  const lines = procfile?.strange ?? [];
  if (lines.length === 0) return [];
  const text = `Procfile, line ${lines.join(' and ')}: no process (name: command), so it is passed over.`;
  return [{ level: 'warning', text }];
}
