import { type ExecuteContext, execute } from '../../execute/execute.ts';
import type { Finished, Program } from '../../execute/perform.ts';
import type { Reader } from '../../execute/reader.ts';
import { readInstalled } from '../../inspect/installed.ts';
import { readSecrets, type Secrets } from '../../inspect/secrets.ts';
import type { Settings } from '../../inspect/settings/read.ts';
import { build } from '../build.ts';
import { planBytecode } from '../bytecode.ts';
import { type AssembleFacts, readAssembleFacts } from '../facts.ts';
import { planSeal } from '../finish-plan.ts';
import type { InstallPlan } from '../install-plan.ts';
import { askExported } from '../installers/ask.ts';
import { forInstallers } from '../installers/environment.ts';
import { type Exported, parseExported } from '../installers/exported.ts';
import { planExported } from '../installers/locked.ts';
import { removeUvLock } from '../installers/uv/leftover.ts';
import { askLibraries } from '../libraries.ts';
import { askInterpreter, listPackages } from '../questions.ts';
import { digestText, hashesOf } from '../saved/digest.ts';
import { makeStamp, type Stamp } from '../saved/stamp.ts';
import { planDependencyLayer } from './plan.ts';

/**
 * `assemble --only-dependencies`: a step of a Dockerfile that sees the manifests alone and whose layer stays as long as they
 * do. The assemble that follows it with the source finds everything installed.
 */
export function assembleDependencies(reader: Reader, secrets: Secrets = readSecrets(reader.environment)): Program<Finished> {
  return build(reader, secrets, { facts: readLayerFacts, plan: planDependencyLayer, work: install });
}

/** The tools run where the manifests stand, and what stands in the application's folder does not count. */
function readLayerFacts(reader: Reader, settings: Settings): AssembleFacts {
  return readAssembleFacts(reader, settings, ({ source, ...places }) => ({ ...places, source, home: source }));
}

function* install(reader: Reader, facts: AssembleFacts, plan: InstallPlan, bare: ExecuteContext): Program<Finished> {
  const context = forInstallers(bare, reader, facts);
  for (const stage of [plan.prepare, plan.tools, plan.fetched, plan.dependencies]) yield* execute(stage, context);
  const exported = plan.reading === undefined ? undefined : yield* askExported(plan.reading, context);
  if (exported !== undefined) {
    const wanted = withoutFolders(parseExported(exported, facts.places.home));
    yield* execute(planExported(facts, plan.installer, wanted), context);
  }
  yield* execute(plan.check, context);
  if (plan.installer.installer === 'uv') yield* removeUvLock(reader, facts);
  yield* execute(planBytecode(facts, { packages: true, source: false }), context);
  yield* execute(planSeal(facts, yield* stampOf(reader, facts, plan, exported)), context);
  return { code: 0 };
}

/** What the assemble that follows has to know: whether it finds what it would install itself. */
function* stampOf(reader: Reader, facts: AssembleFacts, plan: InstallPlan, exported: string | undefined): Program<Stamp> {
  return makeStamp({
    libraries: yield* askLibraries(reader, facts),
    installer: plan.installer.installer,
    interpreter: yield* askInterpreter(reader, facts),
    digest: reader.sha256(digestText(facts)),
    packages: listPackages(reader, readInstalled(reader, facts.places.appRoot)),
    hashed: hashesOf(reader, facts, exported),
  });
}

/** Folders of the project come with the source. */
function withoutFolders(exported: Exported): Exported {
  return { ...exported, direct: exported.direct.filter((line) => !/^\.{0,2}\/|^file:|@\s*(file:|\.{0,2}\/)/.test(line)) };
}
