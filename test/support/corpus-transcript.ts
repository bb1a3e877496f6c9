import { assembleDependencies } from '../../src/assemble/dependency-layer/hook.ts';
import { assemble } from '../../src/assemble/hook.ts';
import type { Effect, End, Outcome } from '../../src/execute/effect.ts';
import { conclude, showCommand } from '../../src/execute/execute.ts';
import { type Finished, type Program, Stopped } from '../../src/execute/perform.ts';
import type { Reader } from '../../src/execute/reader.ts';
import type { Failure } from '../../src/failures/failure.ts';
import { FIND_APPLICATIONS } from '../../src/inspect/applications/probe.ts';
import { join } from '../../src/inspect/paths.ts';
import { parseS2iEnvironment } from '../../src/inspect/s2i-environment.ts';
import { runHook } from '../../src/run/hook.ts';
import { migrateHook } from '../../src/run/migrate/hook.ts';
import { PAGE_SERVERS } from '../../src/run/servers/page-servers.ts';
import { SERVERS } from '../../src/run/servers/registry.ts';
import type { CaseAnswer, CaseImage, CorpusCase, HookName } from './corpus-case.ts';
import { createMemoryReader, type MemoryEntry } from './memory-reader.ts';
import { performScripted, ran, type ScriptedAnswer } from './scripted-host.ts';

const ROOT = '/opt/app-root';
/** Where the project lies in the image. */
export const HOME = `${ROOT}/src`;

const PROGRAMS_OF: Readonly<Record<HookName, (reader: Reader) => Program<Finished>>> = {
  assemble: (reader) => assemble(reader),
  'assemble-dependencies': (reader) => assembleDependencies(reader),
  run: (reader) => runHook(reader),
  migrate: (reader) => migrateHook(reader),
};

/** Where the project lies when a hook starts. */
const PLACES_OF: Readonly<Record<HookName, readonly string[]>> = {
  assemble: ['/tmp/src', HOME],
  'assemble-dependencies': ['/tmp/src'],
  run: [HOME],
  migrate: [HOME],
};

/**
 * Runs a hook over a case with scripted answers and writes down what can be seen of it. `disk` reads the project, which lies
 * complete in a folder. In the language alone, because every host runs it.
 */
export function transcribeOn(disk: Reader, spec: CorpusCase, hook: HookName, project: string): string {
  const reader = readerOf(disk, withDeclared(disk, spec, project), hook, project);
  const { effects, result } = performScripted(stopAtHandOver(conclude(PROGRAMS_OF[hook](reader))), scripted(spec));
  return `${[...effects.flatMap(lines), result === undefined ? '=> replaced by the command above' : `=> ${result.code}`].join('\n')}\n`;
}

/** The failures that a hook stops with over a case; none when it ends well, or hands over. */
export function failuresOn(disk: Reader, spec: CorpusCase, hook: HookName, project: string): readonly Failure[] {
  const reader = readerOf(disk, withDeclared(disk, spec, project), hook, project);
  try {
    performScripted(stopAtHandOver(PROGRAMS_OF[hook](reader)), scripted(spec));
    return [];
  } catch (stopped) {
    if (!(stopped instanceof Stopped)) throw stopped;
    return stopped.failures;
  }
}

/** The command by which a hook asks Python's parser over a case, if it does. */
export function sourcesQuestionOn(
  disk: Reader,
  spec: CorpusCase,
  hook: HookName,
  project: string,
): readonly string[] | undefined {
  const reader = readerOf(disk, withDeclared(disk, spec, project), hook, project);
  const program = PROGRAMS_OF[hook](reader);
  const { effects } = performScripted(stopAtHandOver(conclude(program)), scripted(spec));
  const asked = effects.find((effect) => effect.kind === 'run' && effect.command.argv.includes(FIND_APPLICATIONS));
  return asked?.kind === 'run' ? asked.command.argv : undefined;
}

function withDeclared(disk: Reader, spec: CorpusCase, project: string): CorpusCase {
  return { ...spec, environment: { ...declared(disk, project), ...spec.environment } };
}

/** What s2i makes of the project's `.s2i/environment` before it starts a hook (A4, A14). */
function declared(disk: Reader, project: string): Readonly<Record<string, string>> {
  const read = disk.readText(join(project, '.s2i/environment'));
  return read.ok ? parseS2iEnvironment(read.text).variables : {};
}

/** A hand-over ends the hook: nothing after it can be seen. */
function* stopAtHandOver(program: Program<Finished>): Program<Finished | undefined> {
  let step = program.next();
  while (step.done !== true) {
    const outcome: Outcome = yield step.value;
    if (step.value.kind === 'hand-over') return undefined;
    step = program.next(outcome);
  }
  return step.value;
}

function readerOf(disk: Reader, spec: CorpusCase, hook: HookName, project: string): Reader {
  // Nothing is really moved, so what assemble placed stands there from the beginning.
  const places = PLACES_OF[hook];
  const { user, processors } = spec.image;
  return createMemoryReader(disk, {
    mounts: Object.fromEntries(places.map((place) => [place, project])),
    files: imageFiles(spec.image),
    environment: { PATH: `${ROOT}/bin:/usr/local/bin:/usr/bin:/bin`, HOME: `${ROOT}/src`, ...spec.environment },
    identity: { ...user, groups: [user.gid] },
    processors,
  });
}

function imageFiles({ venv, installed, programs, files }: CaseImage): Record<string, MemoryEntry> {
  const packages = Object.entries(installed).map(([name, version]) => [`${SITE}/${name}-${version}.dist-info/METADATA`, '']);
  const brought = programs ?? Object.keys(installed).flatMap((name) => PROGRAMS[name] ?? []);
  const executables = ['/usr/bin/python3', ...(venv ? VENV_PROGRAMS : []), ...brought];
  return {
    '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\ndefault:x:1001:0:Default Application User:/opt/app-root/src:/bin/bash\n',
    ...(venv ? { [`${ROOT}/pyvenv.cfg`]: 'home = /usr/bin\n', [`${SITE}/pip-26.2.dist-info/METADATA`]: '' } : {}),
    ...Object.fromEntries(packages),
    ...Object.fromEntries(executables.map((path) => [path, { text: '', mode: 0o755 }])),
    ...files,
  };
}

const SITE = `${ROOT}/lib/python3.13/site-packages`;
const VENV_PROGRAMS = [`${ROOT}/bin/python`, `${ROOT}/bin/pip`];
/** Programs of the same name as their distribution. */
const PAGE_PROGRAMS = Object.keys(PAGE_SERVERS).map((name) => ({ distribution: name, program: name }));

const PROGRAMS: Readonly<Record<string, string>> = Object.fromEntries(
  [...SERVERS, ...PAGE_PROGRAMS].map(({ distribution, program }) => [
    distribution.replaceAll('-', '_'),
    `${ROOT}/bin/${program}`,
  ]),
);

/** Effects that are refused with one problem; the others report theirs. */
const REFUSED = ['write-file', 'make-directory', 'make-temporary', 'replace-link'];

function scripted({ answers, trees, sources }: CorpusCase): readonly ScriptedAnswer[] {
  const toTrees = trees.map(({ to, problems, times }) => ({
    to: (effect: Effect) => effect.kind === to,
    outcome: (REFUSED.includes(to)
      ? { kind: 'refused', problem: problems[0] }
      : to === 'scan-tree'
        ? { kind: 'scanned', seen: problems.length, hits: problems.map(({ name }) => name) }
        : { kind: 'tree', seen: 0, changed: 0, removed: 0, copied: 0, skipped: 0, kept: [], problems }) as unknown as Outcome,
    ...(times === undefined ? {} : { times }),
  }));
  return [...answers.map(toCommand), ...toTrees, toSources(sources), ASKED_INTERPRETER, IMPORTED];
}

function toCommand(answer: CaseAnswer): ScriptedAnswer {
  const { interrupted, stdout = '', lines: lastLines = [], times } = answer;
  const outcome = ran({ end: endOf(answer), stdout, lastLines, ...(interrupted === undefined ? {} : { interrupted }) });
  const to = (effect: Effect) =>
    effect.kind === 'run' && ` ${effect.command.argv.join(' ')} `.includes(` ${answer.to.join(' ')} `);
  return { to, outcome, ...(times === undefined ? {} : { times }) };
}

function endOf({ exit = 0, signal, timedOut }: CaseAnswer): End {
  if (timedOut !== undefined) return { how: 'timed-out', seconds: timedOut };
  return signal === undefined ? { how: 'exit', code: exit } : { how: 'signal', signal };
}

/** What Python's parser was recorded to say about the files of the project. */
function toSources(sources: CorpusCase['sources']): ScriptedAnswer {
  return {
    to: (effect) => effect.kind === 'run' && effect.command.argv.includes(FIND_APPLICATIONS),
    outcome: ran({ stdout: JSON.stringify(sources) }),
  };
}

/** The corpus has one interpreter unless a case says otherwise. */
const ASKED_INTERPRETER: ScriptedAnswer = {
  to: (effect) => effect.kind === 'run' && effect.command.argv.includes('-S'),
  outcome: ran({ stdout: '3.13\ncpython-313-x86_64-linux-gnu\n' }),
};

/** An application can be imported unless a case says otherwise; its protocol is what its source shows. */
const IMPORTED: ScriptedAnswer = {
  to: (effect) => effect.kind === 'run' && effect.command.argv.some((word) => word.startsWith('# tries to import')),
  outcome: ran({ stdout: 's2i-answer: {"found": null}\n' }),
};

const PREFIX = { step: '---> ', info: '', warning: 'WARNING: ', error: 'ERROR: ' };

function lines(effect: Effect): readonly string[] {
  switch (effect.kind) {
    case 'say':
      return `${PREFIX[effect.level]}${effect.text}`.split('\n');
    case 'run':
    case 'hand-over': {
      const { environment, argv, directory } = effect.command;
      const set = Object.entries(environment.set).map(([name, value]) => `${name}=${value}`);
      const unset = environment.unset.map((name) => `-${name}`);
      const verb = effect.kind === 'run' ? '$' : '$ exec';
      return [
        `${verb} ${showCommand(argv.map(shorten))}`,
        `    in ${directory}${[...set, ...unset].map((one) => `\n    ${one}`).join('')}`,
      ].flatMap((text) => text.split('\n'));
    }
    default:
      return [
        `* ${effect.kind} ${JSON.stringify(effect, (key, value) => (key === 'kind' || key === 'text' ? undefined : value))}`,
      ];
  }
}

/** Programs that are given as text would drown the transcript. */
function shorten(word: string): string {
  return word.length > 160 ? `${word.slice(0, 60).replaceAll('\n', ' ')}…` : word;
}
