import type { Step } from '../../../execute/plan.ts';
import { fromEnvironment, fromFile } from '../../../inspect/fact.ts';
import type { AssembleFacts } from '../../facts.ts';
import { inHome } from '../../steps.ts';
import { planTool, toolProgram } from '../tool.ts';

/** B29, B30. VIRTUAL_ENV makes Pipenv install into the application's environment. */
export function planPipenv(facts: AssembleFacts, manifest: string | undefined): readonly Step[] {
  const pin = facts.settings.text('PIN_PIPENV_VERSION')?.value;
  const source = fromEnvironment('ENABLE_PIPENV');
  return [
    ...planTool(facts, { name: 'pipenv', requirement: pin === undefined ? 'pipenv' : `pipenv==${pin}`, source }),
    ...(manifest === undefined ? [] : [installStep(facts, manifest)]),
  ];
}

function installStep(facts: AssembleFacts, manifest: string): Step {
  const program = toolProgram(facts, 'pipenv');
  return {
    id: 'install-dependencies',
    title: 'Installing dependencies via pipenv ...',
    why: `${manifest} names them`,
    because: [fromEnvironment('ENABLE_PIPENV'), fromFile(manifest)],
    effect: inHome(facts, manifest === 'Pipfile' ? [program, 'install', '--deploy'] : [program, 'install', '-r', manifest]),
    onFailure: { do: 'fail', role: 'install-dependencies' },
  };
}
