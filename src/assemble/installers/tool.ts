import type { Step } from '../../execute/plan.ts';
import type { Source } from '../../inspect/fact.ts';
import { join } from '../../inspect/paths.ts';
import type { AssembleFacts } from '../facts.ts';
import { inHome } from '../steps.ts';

export interface Tool {
  readonly name: string;
  /** What pip is asked for: the name with extras or a version. */
  readonly requirement: string;
  readonly source: Source;
}

/** Where the tool's program stands afterwards. */
export function toolProgram({ places }: Pick<AssembleFacts, 'places'>, name: string): string {
  return join(places.home, '.local/bin', name);
}

/** A packaging tool in a virtual environment of its own, reachable in .local/bin (B27, B28). */
export function planTool(facts: AssembleFacts, { name, requirement, source }: Tool): readonly Step[] {
  const { home, python } = facts.places;
  const folder = join(home, '.local/venvs', name);
  const pip = join(folder, 'bin/pip');
  const step = {
    why: `${name} installs the dependencies`,
    because: [source],
    onFailure: { do: 'fail', role: 'install-tool' },
  } as const;
  return [
    {
      ...step,
      id: `${name}-venv`,
      title: `Installing ${name} packaging tool ...`,
      effect: inHome(facts, [python ?? 'python3', '-m', 'venv', folder]),
    },
    {
      ...step,
      id: `${name}-install`,
      effect: inHome(facts, [pip, 'install', '-U', requirement]),
      onFailure: {
        do: 'retry',
        notice: {
          kind: 'text',
          level: 'warning',
          text: `Installation of ${name} failed, trying again from official PyPI with pip --isolated install`,
        },
        effect: inHome(facts, [pip, 'install', '--isolated', '-U', requirement]),
        role: 'install-tool',
      },
    },
    { ...step, id: `${name}-folder`, effect: { kind: 'make-directory', path: join(home, '.local/bin') } },
    {
      ...step,
      id: `${name}-link`,
      effect: { kind: 'replace-link', path: toolProgram(facts, name), target: join(folder, 'bin', name) },
    },
  ];
}
