import { type ExecuteContext, execute } from '../../execute/execute.ts';
import type { Finished, Program } from '../../execute/perform.ts';
import type { Reader } from '../../execute/reader.ts';
import { readSecrets, type Secrets } from '../../inspect/secrets.ts';
import type { Settings } from '../../inspect/settings/read.ts';
import { build } from '../build.ts';
import { planBytecode } from '../bytecode.ts';
import { type AssembleFacts, readAssembleFacts } from '../facts.ts';
import type { InstallPlan } from '../install-plan.ts';
import { askExported } from '../installers/ask.ts';
import { forInstallers } from '../installers/environment.ts';
import { type Exported, parseExported } from '../installers/exported.ts';
import { planExported } from '../installers/locked.ts';
import { planDependencyLayer, planLayerFinish } from './plan.ts';

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
  if (plan.reading !== undefined) {
    const exported = parseExported(yield* askExported(plan.reading, context), facts.places.home);
    yield* execute(planExported(facts, plan.installer, withoutFolders(exported)), context);
  }
  yield* execute(planBytecode(facts, { packages: true, source: false }), context);
  yield* execute(planLayerFinish(facts), context);
  return { code: 0 };
}

/** Folders of the project come with the source. */
function withoutFolders(exported: Exported): Exported {
  return { ...exported, direct: exported.direct.filter((line) => !/^\.{0,2}\/|^file:|@\s*(file:|\.{0,2}\/)/.test(line)) };
}
