import { type ExecuteContext, execute, inContext, sayNotices } from '../execute/execute.ts';
import { ask, type Program } from '../execute/perform.ts';
import type { Reader } from '../execute/reader.ts';
import { type Installed, readInstalled } from '../inspect/installed.ts';
import { pylockEntries } from '../inspect/manifests/pylock.ts';
import { planBytecode } from './bytecode.ts';
import type { AssembleFacts } from './facts.ts';
import type { InstallPlan } from './install-plan.ts';
import { askExported } from './installers/ask.ts';
import { parseExported } from './installers/exported.ts';
import { planExported } from './installers/locked.ts';
import { removeUvLock } from './installers/uv/leftover.ts';
import { listPackages } from './questions.ts';
import { decideReuse, type Reuse, type Standing } from './saved/decide.ts';
import { alwaysInstalls, digestText, hashesOf, mayGiveAnother } from './saved/digest.ts';
import { isRequested } from './saved/local.ts';
import { pinnedWanted } from './saved/pinned.ts';
import { planReconcile, planRestore, wantedCommand } from './saved/plan.ts';
import type { Interpreter, SavedStamp, Stamp } from './saved/stamp.ts';
import { findSuperfluous, parsePinned, parseReport, type Restored, type Wanted } from './saved/wanted.ts';

/** What a build has to go on when its source and an environment are in place. */
export interface Prepared {
  readonly facts: AssembleFacts;
  readonly plan: InstallPlan;
  /** What the image's own environment holds. */
  readonly base: Installed;
  readonly interpreter: Interpreter;
}

/**
 * Brings the environment to what the project needs: what was saved of an earlier build, dependencies, the application, bytecode.
 * Gives what the next build has to know of it; libraries only where they need not be asked for again.
 */
export function* install(
  reader: Reader,
  { facts, plan, base, interpreter }: Prepared,
  context: ExecuteContext,
): Program<Pick<Stamp, 'digest' | 'hashed' | 'libraries'>> {
  const digest = reader.sha256(digestText(facts));
  const { installer } = plan.installer;
  const now = { interpreter, installer, digest, base: base.distributions, renewed: renewed(facts) };
  const reuse = decideReuse(facts.saved, now, readStanding(reader, facts, base));
  const unchanged = reuse.use === 'as-is' || reuse.use === 'standing' ? reuse : undefined;
  yield* execute(planRestore(facts, reuse, base), context);
  yield* execute(plan.tools, context);
  const installs = unchanged === undefined || alwaysInstalls(facts);
  const changes = installs || plan.applicationInstall.steps.length > 0;
  if (changes) yield* execute(plan.fetched, context);
  const exported = installs ? yield* installDependencies(reader, facts, plan, { reuse, base, context }) : undefined;
  if (!installs) yield* sayNotices([{ kind: 'text', level: 'info', text: UNCHANGED[unchanged.use] }]);
  yield* execute(plan.applicationInstall, context);
  if (changes) yield* execute(plan.check, context);
  if (installer === 'uv') yield* removeUvLock(reader, facts);
  yield* execute(planBytecode(facts, { packages: changes, source: true }), context);
  // What was not asked again is as it was.
  const hashed = unchanged === undefined || exported !== undefined ? hashesOf(reader, facts, exported) : unchanged.stamp.hashed;
  const known = !changes && reuse.use === 'standing' && reuse.stamp.libraries === undefined;
  return { digest, hashed, ...(known ? { libraries: [] } : {}) };
}

const UNCHANGED = {
  'as-is': 'The dependencies are unchanged: the saved environment is used as it is.',
  standing: 'The dependencies are unchanged: what is installed is used as it is.',
};

/** Only the installer can tell where the same manifests may give something else. */
function readStanding(reader: Reader, facts: AssembleFacts, base: Installed): Standing {
  const stamp: SavedStamp = mayGiveAnother(facts) ? { state: 'none' } : facts.standing;
  return { stamp, packages: listPackages(reader, base) };
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
