import { type ExecuteContext, execute, inContext, sayNotices } from '../execute/execute.ts';
import { ask, type Finished, type Program } from '../execute/perform.ts';
import type { Reader } from '../execute/reader.ts';
import { type Installed, readInstalled } from '../inspect/installed.ts';
import { pylockEntries } from '../inspect/manifests/pylock.ts';
import { readSecrets, type Secrets } from '../inspect/secrets.ts';
import { build } from './build.ts';
import { planBytecode } from './bytecode.ts';
import { type AssembleFacts, readAssembleFacts } from './facts.ts';
import { planCollect, planSeal } from './finish-plan.ts';
import { type InstallPlan, planInstall } from './install-plan.ts';
import { askExported } from './installers/ask.ts';
import { parseExported } from './installers/exported.ts';
import { planExported } from './installers/locked.ts';
import { askLibraries, libraryNotices } from './libraries.ts';
import { askFinish, askInterpreter } from './questions.ts';
import { decideReuse, type Reuse } from './saved/decide.ts';
import { alwaysInstalls, digestText, hashedLines } from './saved/digest.ts';
import { isRequested } from './saved/local.ts';
import { pinnedWanted } from './saved/pinned.ts';
import { planReconcile, planRestore, wantedCommand } from './saved/plan.ts';
import { STAMP_FORMAT, type Stamp } from './saved/stamp.ts';
import { findSuperfluous, parsePinned, parseReport, type Restored, type Wanted } from './saved/wanted.ts';
import { decideStart } from './start/start.ts';

/** The assemble hook. */
export function assemble(reader: Reader, secrets: Secrets = readSecrets(reader.environment)): Program<Finished> {
  return build(reader, secrets, { facts: readAssembleFacts, plan: planInstall, work: assembleWith });
}

function* assembleWith(reader: Reader, facts: AssembleFacts, plan: InstallPlan, context: ExecuteContext): Program<Finished> {
  const { installer } = plan.installer;
  yield* execute(plan.prepare, context);
  const interpreter = yield* askInterpreter(reader, facts);
  const base = readInstalled(reader, facts.places.appRoot);
  const reuse = decideReuse(facts.saved, {
    interpreter,
    installer,
    digest: reader.sha256(digestText(facts)),
    base: base.distributions,
    renewed: renewed(facts),
  });
  yield* execute(planRestore(facts, reuse, base), context);
  yield* execute(plan.tools, context);
  const installs = reuse.use !== 'as-is' || alwaysInstalls(facts);
  if (installs || plan.applicationInstall.steps.length > 0) yield* execute(plan.fetched, context);
  const exported = installs ? yield* installDependencies(reader, facts, plan, { reuse, base, context }) : undefined;
  if (!installs)
    yield* sayNotices([
      { kind: 'text', level: 'info', text: 'The dependencies are unchanged: the saved environment is used as it is.' },
    ]);
  yield* execute(plan.applicationInstall, context);
  if (installs || plan.applicationInstall.steps.length > 0) yield* execute(plan.check, context);
  const packages = installs || plan.applicationInstall.steps.length > 0;
  yield* execute(planBytecode(facts, { packages, source: true }), context);
  const answers = yield* askFinish(reader, facts, interpreter);
  const libraries = yield* askLibraries(reader, facts);
  yield* sayNotices(libraryNotices(libraries));
  const stamp: Stamp = {
    format: STAMP_FORMAT,
    installer,
    interpreter: answers.interpreter,
    digest: reader.sha256(digestText(facts)),
    packages: answers.packages,
    // What was not asked again is as it was.
    hashed: reuse.use === 'as-is' && exported === undefined ? reuse.stamp.hashed : hashesOf(reader, facts, exported),
    ...(libraries.length === 0 ? {} : { libraries }),
  };
  yield* execute(planCollect(facts, answers), context);
  yield* decideStart(reader, facts, context);
  yield* execute(planSeal(facts, stamp), context);
  return { code: 0 };
}

interface Installing {
  readonly reuse: Reuse;
  /** What the image's own environment holds. */
  readonly base: Installed;
  readonly context: ExecuteContext;
}

function* installDependencies(
  reader: Reader,
  facts: AssembleFacts,
  plan: InstallPlan,
  { reuse, base, context }: Installing,
): Program<string | undefined> {
  if (plan.reading !== undefined) yield* execute(plan.dependencies, context);
  const exported = plan.reading === undefined ? undefined : yield* askExported(plan.reading, context);
  if (reuse.use === 'reconcile') {
    const kept = new Set([...renewed(facts), ...base.distributions.keys()]);
    const installed = readInstalled(reader, facts.places.appRoot);
    const requested = (name: string) => isRequested(reader, installed, name);
    const restored = { stamp: reuse.stamp, kept, requested };
    const pinned = exported === undefined ? pinnedWanted(facts, plan, restored) : parsePinned(exported);
    const wanted = pinned ?? (yield* askWanted(facts, plan, context));
    const names = superfluous(restored, wanted, hashesOf(reader, facts, exported));
    yield* execute(planReconcile(facts, names, describe(names, wanted)), context);
  }
  if (exported === undefined) yield* execute(plan.dependencies, context);
  else yield* execute(planExported(facts, plan.installer, parseExported(exported, facts.places.home)), context);
  return exported;
}

function hashesOf(reader: Reader, facts: AssembleFacts, exported: string | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(hashedLines(facts, exported)).map(([name, line]) => [name, reader.sha256(line)]));
}

/** What UPGRADE_PIP_TO_LATEST brings up to date. */
function renewed({ settings }: AssembleFacts): ReadonlySet<string> {
  return new Set(settings.on('UPGRADE_PIP_TO_LATEST').value ? ['setuptools', 'wheel'] : []);
}

/** What has to leave the saved environment: all that the image does not have itself, when nothing else is known. */
function superfluous(restored: Restored, wanted: Wanted | undefined, hashed: Stamp['hashed']): readonly string[] {
  if (wanted !== undefined) return findSuperfluous(restored, wanted, hashed);
  return restored.stamp.packages.map(({ name }) => name).filter((name) => !restored.kept.has(name));
}

function describe(names: readonly string[], wanted: Wanted | undefined): string {
  if (wanted === undefined) return 'what a clean build would install could not be learnt, so all of it is replaced';
  if (names.length === 0) return 'nothing has to be removed';
  return `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} no longer wanted as before`;
}

/** Asks what a clean build would install; undefined when that cannot be learnt. */
function* askWanted(facts: AssembleFacts, plan: InstallPlan, context: ExecuteContext): Program<Wanted | undefined> {
  const { installer } = plan.installer;
  const pylock = facts.project.locks.find(({ kind, file }) => kind === 'pylock' && file === plan.installer.manifest);
  if (pylock !== undefined) return new Map(pylockEntries(pylock.text).map(({ name, version }) => [name, { version }]));
  if (installer === 'uv') return undefined;
  const command = wantedCommand(facts, installer, plan.application);
  if (command === undefined) return new Map();
  const { end, stdout } = yield* ask(inContext(command, context));
  if (end.how !== 'exit' || end.code !== 0) return undefined;
  return installer === 'pip' || installer === 'none' ? parseReport(stdout) : parsePinned(stdout);
}
