import type { Step } from '../../execute/plan.ts';
import { fromEnvironment, fromFile, type Source } from '../../inspect/fact.ts';
import { join } from '../../inspect/paths.ts';
import type { ApplicationChoice } from '../application.ts';
import type { AssembleFacts } from '../facts.ts';
import { inHome } from '../steps.ts';
import { findManifests, type InstallerChoice } from './choose.ts';
import { readyTool } from './pinned.ts';
import { pipOf } from './pip/plan.ts';
import { runUv } from './uv/install.ts';

/**
 * `pip check` after what was installed: whether every package finds what it needs, in a version that it accepts. An error
 * where a lock was installed, which promises just that; else a warning, because upstream does not look.
 */
export function planDependencyCheck(
  facts: AssembleFacts,
  choice: InstallerChoice,
  application: ApplicationChoice,
): readonly Step[] {
  const mode = facts.settings.text('S2I_DEPENDENCY_CHECK');
  const installs = choice.manifest !== undefined || choice.installer === 'micropipenv' || application.declaredBy.length > 0;
  if (mode?.value === 'off' || !installs) return [];
  const locked = findManifests(facts).some(({ file, lock }) => lock && file === choice.manifest);
  const isError = mode === undefined ? locked || facts.settings.on('S2I_STRICT').value : mode.value === 'error';
  const because: readonly Source[] = [
    ...(choice.manifest === undefined ? [] : [fromFile(choice.manifest)]),
    ...(mode === undefined ? [] : [fromEnvironment('S2I_DEPENDENCY_CHECK')]),
  ];
  return [
    {
      id: 'check-dependencies',
      title: 'Checking that the installed packages fit together ...',
      why: 'what is missing would be noticed by the first request',
      because,
      effect: checkEffect(facts, choice),
      onFailure: isError
        ? { do: 'fail', role: 'check-dependencies' }
        : { do: 'warn', notice: { kind: 'text', level: 'warning', text: WARNING } },
    },
  ];
}

const WARNING =
  'The installed packages do not fit together, as the lines above say. The build goes on; S2I_DEPENDENCY_CHECK=error makes this an error.';

function checkEffect(facts: AssembleFacts, choice: InstallerChoice): Step['effect'] {
  if (choice.installer !== 'uv') return inHome(facts, [pipOf(facts), 'check']);
  const { program } = readyTool(facts, 'uv', choice.source);
  return runUv(facts, [program, 'pip', 'check', '--python', join(facts.places.appRoot, 'bin/python')]);
}
