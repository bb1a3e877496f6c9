import { type ExecuteContext, execute, sayNotices } from '../execute/execute.ts';
import { type Finished, type Program, Stopped } from '../execute/perform.ts';
import type { Reader } from '../execute/reader.ts';
import { readInstalled } from '../inspect/installed.ts';
import { readSecrets, type Secrets } from '../inspect/secrets.ts';
import type { FinishAnswers } from './answers.ts';
import { build } from './build.ts';
import { planBytecode } from './bytecode.ts';
import { type AssembleFacts, readAssembleFacts } from './facts.ts';
import { planCollect, planSeal } from './finish-plan.ts';
import { install } from './install.ts';
import { type InstallPlan, planInstall } from './install-plan.ts';
import { forInstallers } from './installers/environment.ts';
import { askLibraries, libraryNotices } from './libraries.ts';
import { askFinish, askInterpreter, listPackages } from './questions.ts';
import { makeStamp } from './saved/stamp.ts';
import { decideStart } from './start/start.ts';
import { runHook } from './user-hooks.ts';

/** The assemble hook. */
export function assemble(reader: Reader, secrets: Secrets = readSecrets(reader.environment)): Program<Finished> {
  return build(reader, secrets, { facts: readAssembleFacts, plan: planInstall, work: assembleWith });
}

function* assembleWith(reader: Reader, given: AssembleFacts, first: InstallPlan, bare: ExecuteContext): Program<Finished> {
  const early = forInstallers(bare, reader, given);
  yield* execute(first.prepare, early);
  const base = readInstalled(reader, given.places.appRoot);
  const { facts, plan } = yield* preInstall(reader, given, first, early);
  const context = forInstallers(bare, reader, facts);
  const interpreter = yield* askInterpreter(reader, facts);
  const installed = yield* install(reader, { facts, plan, base, interpreter }, context);
  const answers = yield* askFinish(reader, facts, interpreter);
  const libraries = installed.libraries ?? (yield* askLibraries(reader, facts));
  yield* sayNotices(libraryNotices(libraries));
  yield* execute(planCollect(facts, answers), context);
  const packages = yield* postInstall(reader, facts, answers, context);
  yield* decideStart(reader, facts, context);
  yield* runHook(reader, facts, 'verify', context);
  const { installer } = plan.installer;
  yield* execute(planSeal(facts, makeStamp({ ...installed, installer, interpreter, packages, libraries })), context);
  return { code: 0 };
}

/** The project's own pre-install, which may make what everything else is planned from: where it ran, that is read anew. */
function* preInstall(
  reader: Reader,
  given: AssembleFacts,
  first: InstallPlan,
  context: ExecuteContext,
): Program<{ readonly facts: AssembleFacts; readonly plan: InstallPlan }> {
  if ((yield* runHook(reader, given, 'pre-install', context)) === 'not-there') return { facts: given, plan: first };
  const facts = readAssembleFacts(reader, given.settings, (places) => ({ ...places, source: places.home }));
  const plan = planInstall(facts);
  if ('failures' in plan) throw new Stopped(plan.failures);
  const said = new Set(first.prepare.notices.map((notice) => JSON.stringify(notice)));
  yield* sayNotices(
    plan.prepare.notices.filter((notice) => notice.kind !== 'carried-along' && !said.has(JSON.stringify(notice))),
  );
  return { facts, plan };
}

/** The project's own post-install; what it installs or writes counts as if it had been there before. Gives the packages. */
function* postInstall(
  reader: Reader,
  facts: AssembleFacts,
  { packages }: FinishAnswers,
  context: ExecuteContext,
): Program<FinishAnswers['packages']> {
  if ((yield* runHook(reader, facts, 'post-install', context)) === 'not-there') return packages;
  yield* execute(planBytecode(facts, { packages: true, source: true }), context);
  return listPackages(reader, readInstalled(reader, facts.places.appRoot));
}
