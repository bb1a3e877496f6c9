import { type Plan, type Step, TEMPORARY } from '../../execute/plan.ts';
import type { Failure } from '../../failures/failure.ts';
import type { Notice } from '../../failures/notice.ts';
import { fromFile } from '../../inspect/fact.ts';
import { join } from '../../inspect/paths.ts';
import type { AssembleFacts } from '../facts.ts';
import { type InstallPlan, planInstall } from '../install-plan.ts';
import { installWith } from '../installers/locked.ts';
import { alwaysInstalls } from '../saved/digest.ts';
import { type Portable, portableRequirements, type RequirementFile } from './portable.ts';

/**
 * The plan of `assemble --only-dependencies`: what the manifests name is installed, the source is left where it is, and what
 * only the source can tell is left to the assemble that follows. `facts` are those of a layer (`readLayerFacts`).
 */
export function planDependencyLayer(facts: AssembleFacts): InstallPlan | { readonly failures: readonly Failure[] } {
  const whole = planInstall(facts);
  if ('failures' in whole) return whole;
  if (namesNothing(whole)) return { failures: [{ kind: 'nothing-to-install', path: facts.places.source }] };
  const copied = copiedRequirements(facts, whole);
  return {
    ...whole,
    prepare: {
      ...whole.prepare,
      notices: [...whole.prepare.notices, ...deferredNotices(facts, whole, copied?.deferred ?? [])],
      steps: whole.prepare.steps.filter(({ id }) => id === 'create-venv'),
    },
    ...(copied === undefined ? {} : { dependencies: stage(copySteps(facts, whole, copied)) }),
    ...(needsSource(facts, whole) ? { fetched: stage([]), dependencies: stage([]) } : {}),
    applicationInstall: stage([]),
    // What the source brings may be what is missing.
    check: alwaysInstalls(facts) || whole.application.declaredBy.length > 0 ? stage([]) : whole.check,
    usesTemporary: whole.usesTemporary || copied !== undefined,
  };
}

/** A file that uv reads as it stands, and that names folders which are not there yet: built from what is, they would be empty. */
function needsSource(facts: AssembleFacts, { installer }: InstallPlan): boolean {
  return installer.manifest?.startsWith('pylock.') === true && alwaysInstalls(facts);
}

function namesNothing({ installer, application }: InstallPlan): boolean {
  return installer.manifest === undefined && installer.installer !== 'micropipenv' && application.declaredBy.length === 0;
}

/** What has to be written anew for the installer; undefined where it reads the manifest as it stands. */
function copiedRequirements({ project, places }: AssembleFacts, { installer }: InstallPlan): Portable | undefined {
  const { requirements, pyproject } = project;
  if (installer.manifest === 'requirements.txt') {
    // What only pip can decode cannot be copied.
    const copies = requirements?.local === true && requirements.complete;
    return copies ? portableRequirements(requirements.files, places.source) : undefined;
  }
  if (installer.manifest !== undefined || pyproject?.dependencies === undefined) return undefined;
  return portableRequirements([{ file: 'requirements.txt', text: pyproject.dependencies.join('\n') }], places.source);
}

function copySteps(facts: AssembleFacts, { installer }: InstallPlan, { files }: Portable): readonly Step[] {
  const manifest = installer.manifest ?? 'pyproject.toml';
  const because = [fromFile(manifest, installer.manifest === undefined ? 'project.dependencies' : undefined)];
  if (!files.some(({ text }) => text.trim() !== '')) return [];
  const write = ({ file, text }: RequirementFile, index: number): Step => ({
    id: `write-requirements-${index + 1}`,
    why: `what ${manifest} names without the source`,
    because,
    effect: { kind: 'write-file', path: join(TEMPORARY, file), text, mode: 0o600 },
    onFailure: { do: 'fail', role: 'make-temporary' },
  });
  return [
    ...files.map(write),
    {
      id: 'install-dependencies',
      title: 'Installing dependencies ...',
      why: `${manifest} names them`,
      because,
      effect: installWith(facts, installer, ['-r', join(TEMPORARY, 'requirements.txt')]),
      onFailure: { do: 'fail', role: 'install-dependencies' },
    },
  ];
}

function deferredNotices(facts: AssembleFacts, plan: InstallPlan, deferred: readonly string[]): readonly Notice[] {
  const left = deferred.map((line) => `${line} is installed together with the source, by the next assemble.`);
  const unknown = plan.installer.manifest === undefined && facts.project.pyproject?.dependencies === undefined;
  if (unknown && plan.application.declaredBy.length > 0) left.push(UNKNOWN);
  if (needsSource(facts, plan))
    left.push(`${plan.installer.manifest} names folders of the project: the next assemble installs all of it.`);
  if (facts.hooks.found.length > 0) left.push('The hooks of the project are run with the source, by the next assemble.');
  return left.map((text) => ({ kind: 'text', level: 'info', text }));
}

const UNKNOWN =
  'What the project needs is known only to its build backend, which reads the source: the next assemble installs it. To have it in a layer of its own, name it in requirements.txt or in dependencies of [project].';

function stage(steps: readonly Step[]): Plan {
  return { format: 1, stage: 'install', notices: [], steps };
}
