import type { Step } from '../../../execute/plan.ts';
import { renderSource, type Source } from '../../../inspect/fact.ts';
import type { AssembleFacts } from '../../facts.ts';
import { inHome } from '../../steps.ts';
import { planTool, toolProgram } from '../tool.ts';

/** B31: micropipenv finds Pipfile.lock, poetry.lock or requirements.txt itself. */
export function planMicropipenv(facts: AssembleFacts, source: Source): readonly Step[] {
  return [
    ...planTool(facts, { name: 'micropipenv', requirement: 'micropipenv[toml]', source }),
    {
      id: 'install-dependencies',
      title: 'Installing dependencies via micropipenv ...',
      why: `${renderSource(source)} is set`,
      because: [source],
      effect: inHome(facts, [toolProgram(facts, 'micropipenv'), 'install', '--deploy']),
      onFailure: { do: 'fail', role: 'install-dependencies' },
    },
  ];
}
