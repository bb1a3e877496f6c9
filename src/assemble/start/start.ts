import { type ExecuteContext, inContext } from '../../execute/execute.ts';
import { act, ask, type Program, Stopped, say } from '../../execute/perform.ts';
import type { Reader } from '../../execute/reader.ts';
import type { Failure } from '../../failures/failure.ts';
import type { SourcesAnswer } from '../../inspect/applications/answer.ts';
import { join } from '../../inspect/paths.ts';
import { readSettings } from '../../inspect/settings/read.ts';
import { type Decided, decideRun } from '../../run/decide.ts';
import type { DecidingFacts, RunFacts } from '../../run/facts.ts';
import type { RunDecision } from '../../run/plan.ts';
import type { ReadOptions } from '../../run/read/facts.ts';
import { digestsOf, renderStored, STORED, STORED_FORMAT } from '../../run/stored/stored.ts';
import { type Watched, watchReader } from '../../run/stored/watch.ts';
import type { AssembleFacts } from '../facts.ts';
import { parseImport, tryImport } from './import.ts';
import { type Severity, severityOf } from './severity.ts';
import { describeLaunch, describeUnclear, describeWarning } from './words.ts';

type Launching = Extract<RunDecision, { kind: 'launch' }>;

/** Decides how the image will be started, tries it as far as a build can, says it, and stores it for run. */
export function* decideStart(reader: Reader, facts: AssembleFacts, context: ExecuteContext): Program<void> {
  const severity = severityOf(reader, facts);
  const watched = watchReader(reader);
  const options: ReadOptions = {
    place: { appRoot: facts.places.appRoot, directory: facts.places.home },
    settings: readSettings(reader.environment, 'run', reader.undecodable),
    depth: 'launch',
    when: 'build',
    systemRoot: '/',
    watch: () => watched.reader,
  };
  const first = yield* decideRun(reader, options);
  const decided = severity.level === 'off' ? first : yield* tried(reader, options, first, severity, context);
  if (decided === undefined || decided.decision.kind === 'failed') {
    if (decided?.decision.kind === 'failed') yield* judge(decided.decision.failures, severity);
    return yield* forget(reader, facts);
  }
  yield* say('step', 'Start command:');
  const { launch, rejected } = decided.decision;
  yield* say('info', describeLaunch(launch, rejected));
  if (launch.server === 'python-script') {
    for (const { level, text } of launch.lines) if (level === 'warning') yield* say(level, text);
  }
  yield* store(reader, facts, decided.facts, decided.decision, watched);
}

/** Imports the application that a server would be given; its protocol may decide anew. Nothing when it is not there. */
function* tried(
  reader: Reader,
  options: ReadOptions,
  first: Decided,
  severity: Severity,
  context: ExecuteContext,
): Program<Decided | undefined> {
  if (first.decision.kind === 'failed' || first.decision.launch.imports === undefined) return first;
  const { launch } = first.decision;
  const application = first.decision.launch.imports;
  const imported = parseImport(yield* ask(inContext(tryImport(launch, application), context)), launch, application);
  switch (imported.is) {
    case 'missing':
      yield* judge([imported.failure], severity);
      return undefined;
    case 'unclear':
      yield* say('warning', describeUnclear(application, imported));
      return first;
    case 'there':
      if (imported.protocol === undefined) return first;
      return yield* decideRun(reader, { ...options, ...first.answers, imported: { application, protocol: imported.protocol } });
  }
}

function* judge(failures: readonly Failure[], severity: Severity): Program<void> {
  if (severity.level === 'error') throw new Stopped(failures);
  if (severity.level === 'off') return;
  for (const failure of failures) yield* say('warning', describeWarning(failure, severity));
}

function* store(
  reader: Reader,
  { places }: AssembleFacts,
  facts: RunFacts,
  { launch, rejected }: Launching,
  watched: Watched,
): Program<void> {
  const deciding = decidingFacts(facts);
  watchSources(watched.reader, facts);
  const { server, application, argv, why } = launch;
  const text = renderStored({
    format: STORED_FORMAT,
    decided: { server, application, argv, why },
    rejected,
    restsOn: { settings: digestsOf(reader, facts.settings), lookups: watched.lookups() },
    facts: deciding,
  });
  const problem = yield* act({ kind: 'write-file', path: join(places.appRoot, STORED), text, mode: 0o664 });
  if (problem !== undefined) throw new Stopped([{ kind: 'tree-failed', role: 'write-record', problems: [problem] }]);
}

/** The files that Python was asked about, and those that it followed to: none of them was read by us. */
function watchSources(reader: Reader, { serving, appHome }: RunFacts): void {
  const answer = serving?.sources.answer;
  if (answer?.is !== 'read') return;
  for (const [file, found] of Object.entries(answer.files)) {
    for (const one of [file, ...('problem' in found ? [] : found.follows)]) reader.readText(join(appHome.path, one));
  }
}

/** What run needs to know again; of Python's answer only the names that can be an application. */
function decidingFacts({ configuration, script, file, procfile, serving }: RunFacts): DecidingFacts {
  const known = { configuration, script, file, procfile };
  if (serving === undefined) return { ...known, serving };
  const { limits: _, forwardedAllowIps: __, ...rest } = serving;
  return { ...known, serving: { ...rest, sources: { ...rest.sources, answer: slim(rest.sources.answer) } } };
}

function slim(answer: SourcesAnswer | undefined): SourcesAnswer | undefined {
  if (answer?.is !== 'read') return answer;
  const files = Object.entries(answer.files).map(([file, found]) => {
    if ('problem' in found) return [file, found] as const;
    const names = found.names.filter((one) => one.is !== 'import' && one.is !== 'class');
    return [file, { ...found, names, calls: [], follows: [] }] as const;
  });
  return { is: 'read', files: Object.fromEntries(files) };
}

/** What an earlier build decided is not true of this one. */
function* forget(reader: Reader, { places }: AssembleFacts): Program<void> {
  const path = join(places.appRoot, STORED);
  if (reader.stat(path) !== undefined) yield { kind: 'remove-tree', path };
}
