import type { EnvironmentPatch } from '../execute/effect.ts';
import { execute, sayNotices } from '../execute/execute.ts';
import { ask, type Finished, type Program, Stopped } from '../execute/perform.ts';
import type { Reader } from '../execute/reader.ts';
import { readInstalled } from '../inspect/installed.ts';
import { readSecrets, type Secrets } from '../inspect/secrets.ts';
import { readSettings } from '../inspect/settings/read.ts';
import type { ApplicationChoice } from './application.ts';
import { readCaBundle, withCaBundle } from './ca-bundle.ts';
import { type AssembleFacts, readAssembleFacts } from './facts.ts';
import { planFinish } from './finish-plan.ts';
import { type InstallPlan, planInstall } from './install-plan.ts';
import type { InstallerName } from './installers/choose.ts';
import { askFinish, askInterpreter } from './questions.ts';
import { decideReuse } from './saved/decide.ts';
import { alwaysInstalls, digestText, hashedLines } from './saved/digest.ts';
import { isRequested } from './saved/local.ts';
import { planReconcile, planRestore, wantedCommand } from './saved/plan.ts';
import { type Interpreter, STAMP_FORMAT, type Stamp } from './saved/stamp.ts';
import { findSuperfluous, parsePinned, parseReport, type Restored, type Wanted } from './saved/wanted.ts';

/** The assemble hook: everything that can be wrong with the input is told before anything is touched. */
export function* assemble(reader: Reader, secrets: Secrets = readSecrets(reader.environment)): Program<Finished> {
  const { settings, notices, failures } = readSettings(reader.environment, 'assemble', reader.undecodable);
  const facts = readAssembleFacts(reader, settings);
  const plan = planInstall(facts);
  const bundle = readCaBundle(reader, settings);
  const all = [
    ...failures,
    ...('failures' in plan ? plan.failures : []),
    ...(bundle !== undefined && 'failure' in bundle ? [bundle.failure] : []),
  ];
  if (all.length > 0 || 'failures' in plan || (bundle !== undefined && 'failure' in bundle)) throw new Stopped(all);
  yield* sayNotices([...notices, ...secrets.notices]);
  return yield* withCaBundle(bundle, (environment) => assembleWith(reader, facts, plan, environment));
}

function* assembleWith(
  reader: Reader,
  facts: AssembleFacts,
  plan: InstallPlan,
  environment: EnvironmentPatch,
): Program<Finished> {
  const context = { environment };
  yield* execute(plan.prepare, context);
  const interpreter = yield* askInterpreter(reader, facts);
  const base = readInstalled(reader, facts.places.appRoot);
  const reuse = decideReuse(facts.saved, {
    interpreter,
    installer: plan.installer.installer,
    digest: reader.sha256(digestText(facts)),
    base: base.distributions,
    renewed: renewed(facts),
  });
  yield* execute(planRestore(facts, reuse, base), context);
  yield* execute(plan.tools, context);
  if (reuse.use === 'reconcile') {
    const kept = new Set([...renewed(facts), ...base.distributions.keys()]);
    const installed = readInstalled(reader, facts.places.appRoot);
    const requested = (name: string) => isRequested(reader, installed, name);
    yield* reconcile(reader, facts, plan, { stamp: reuse.stamp, kept, requested }, environment);
  }
  if (reuse.use !== 'as-is' || alwaysInstalls(facts)) yield* execute(plan.dependencies, context);
  else
    yield* sayNotices([
      { kind: 'text', level: 'info', text: 'The dependencies are unchanged: the saved environment is used as it is.' },
    ]);
  yield* execute(plan.applicationInstall, context);
  const answers = yield* askFinish(reader, facts, interpreter);
  yield* execute(planFinish(facts, answers, stampOf(reader, facts, plan.installer.installer, answers)), context);
  return { code: 0 };
}

function stampOf(
  reader: Reader,
  facts: AssembleFacts,
  installer: InstallerName,
  answers: Pick<Stamp, 'packages'> & { interpreter: Interpreter },
): Stamp {
  return {
    format: STAMP_FORMAT,
    installer,
    interpreter: answers.interpreter,
    digest: reader.sha256(digestText(facts)),
    packages: answers.packages,
    hashed: hashesOf(reader, facts),
  };
}

function hashesOf(reader: Reader, facts: AssembleFacts): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(hashedLines(facts)).map(([name, line]) => [name, reader.sha256(line)]));
}

/** What UPGRADE_PIP_TO_LATEST brings up to date. */
function renewed({ settings }: AssembleFacts): ReadonlySet<string> {
  return new Set(settings.on('UPGRADE_PIP_TO_LATEST').value ? ['setuptools', 'wheel'] : []);
}

/** Asks what a clean build would install and takes out of the saved environment what it would not. */
function* reconcile(
  reader: Reader,
  facts: AssembleFacts,
  plan: InstallPlan,
  restored: Restored,
  environment: EnvironmentPatch,
): Program<void> {
  const wanted = yield* askWanted(facts, plan.installer.installer, plan.application, environment);
  const names =
    wanted === undefined
      ? restored.stamp.packages.map(({ name }) => name).filter((name) => !restored.kept.has(name))
      : findSuperfluous(restored, wanted, hashesOf(reader, facts));
  const note =
    wanted === undefined ? 'what a clean build would install could not be learnt, so all of it is replaced' : describe(names);
  yield* execute(planReconcile(facts, names, note), { environment });
}

function describe(names: readonly string[]): string {
  return names.length === 0
    ? 'nothing has to be removed'
    : `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} no longer wanted as before`;
}

function* askWanted(
  facts: AssembleFacts,
  installer: InstallerName,
  application: ApplicationChoice,
  environment: EnvironmentPatch,
): Program<Wanted | undefined> {
  const command = wantedCommand(facts, installer, application);
  if (command === undefined) return new Map();
  const merged = {
    set: { ...environment.set, ...command.environment.set },
    unset: [...environment.unset, ...command.environment.unset],
  };
  const { end, stdout } = yield* ask({ ...command, environment: merged });
  if (end.how !== 'exit' || end.code !== 0) return undefined;
  return installer === 'pip' || installer === 'none' ? parseReport(stdout) : parsePinned(stdout);
}
