import { execute, sayNotices } from '../execute/execute.ts';
import { type Finished, handOver, type Program, Stopped, say } from '../execute/perform.ts';
import type { Reader } from '../execute/reader.ts';
import type { Failure } from '../failures/failure.ts';
import { join } from '../inspect/paths.ts';
import { readSettings } from '../inspect/settings/read.ts';
import { decideRun } from './decide.ts';
import { type Launch, TEMPORARY } from './launch.ts';
import { MIGRATE, MIGRATE_PROGRAM } from './migrate/program.ts';
import { type Moved, readMoved } from './moved/read.ts';
import { movedFailure, movedNotices } from './moved/words.ts';
import { writePasswd } from './passwd.ts';
import { readStored } from './stored/stored.ts';

/**
 * The run hook: reads settings and facts, decides the launch, prepares (user lookup, migrations) and hands this process over.
 * It ends only when nothing could be started, with the failures as `Stopped`. Arguments are ignored (B66).
 */
export function* runHook(reader: Reader): Program<Finished> {
  const settings = readSettings(reader.environment, 'run', reader.undecodable);
  yield* sayNotices(settings.notices);
  const appRoot = settings.settings.text('APP_ROOT')?.value ?? '/opt/app-root';
  const stored = readStored(reader, appRoot, settings.settings);
  if (stored.use === 'no') yield* say('info', `The start command that assemble decided on is not used: ${stored.reason}.`);
  const { decision } = yield* decideRun(reader, {
    place: { appRoot, directory: reader.directory },
    settings,
    depth: 'launch',
    systemRoot: '/',
    ...(stored.use === 'yes' ? { known: stored.facts } : {}),
  });
  const moved = readMoved(reader, appRoot);
  if (decision.kind === 'failed')
    throw new Stopped([...lostPython(moved, [`${appRoot}/bin/python`], appRoot), ...decision.failures]);
  const lost = lostPython(moved, programsOf(reader, decision.launch.argv, appRoot), appRoot);
  if (lost.length > 0) throw new Stopped(lost);
  if (moved !== undefined) yield* sayNotices(movedNotices(moved));
  const user = yield* writePasswd(decision.passwd, reader);
  yield* execute(decision.plan, { environment: { set: user, unset: [] }, programs: { [MIGRATE]: MIGRATE_PROGRAM } });
  const launch = yield* furnish(decision.launch);
  for (const line of launch.lines) yield* say(line.level, line.text);
  const environment = { set: { ...launch.environment.set, ...user }, unset: launch.environment.unset };
  throw new Stopped([yield* handOver({ argv: launch.argv, directory: launch.directory, environment })]);
}

/** The programs of the environment that a command names, as paths: an init stands before the one that it starts. */
function programsOf(reader: Reader, argv: readonly string[], appRoot: string): readonly string[] {
  const paths = argv.map((word) => (word.includes('/') ? word : join(appRoot, 'bin', word)));
  return paths.filter((path) => reader.stat(path) !== undefined);
}

function lostPython(moved: Moved | undefined, programs: readonly string[], appRoot: string): readonly Failure[] {
  const failure = moved === undefined ? undefined : movedFailure(moved, programs, appRoot);
  return failure === undefined ? [] : [failure];
}

/** Makes the temporary directory that a launch asks for. */
function* furnish(launch: Launch): Program<Launch> {
  if (launch.temporary === undefined) return launch;
  const made = yield { kind: 'make-temporary', prefix: launch.temporary };
  if (made.kind === 'refused') throw new Stopped([{ kind: 'tree-failed', role: 'make-temporary', problems: [made.problem] }]);
  if (made.kind !== 'made') throw new Stopped([{ kind: 'bug', detail: `the host answered ${made.kind} to make-temporary` }]);
  const { path } = made;
  const [program, ...words] = launch.argv.map((word) => (word === TEMPORARY ? path : word));
  return { ...launch, argv: [program ?? launch.argv[0], ...words] };
}
