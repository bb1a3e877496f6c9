import type { Step } from '../../../execute/plan.ts';
import { fromEnvironment, fromFile } from '../../../inspect/fact.ts';
import { join } from '../../../inspect/paths.ts';
import type { AssembleFacts } from '../../facts.ts';
import { inHome } from '../../steps.ts';

/** The script, not `python -m pip`: with -m the project's own modules could shadow what pip imports. */
export function pipOf(facts: Pick<AssembleFacts, 'places'>): string {
  return join(facts.places.appRoot, 'bin/pip');
}

/** B19, B20. */
export function planPip(facts: AssembleFacts): readonly Step[] {
  return [
    {
      id: 'install-dependencies',
      title: 'Installing dependencies ...',
      why: 'requirements.txt names them',
      because: [fromFile('requirements.txt')],
      effect: inHome(facts, [pipOf(facts), 'install', '-r', 'requirements.txt']),
      onFailure: { do: 'fail', role: 'install-dependencies' },
    },
  ];
}

/** B26. */
export function planUpgradePip(facts: AssembleFacts): readonly Step[] {
  if (!facts.settings.on('UPGRADE_PIP_TO_LATEST').value) return [];
  const packages = ['-U', 'pip', 'setuptools', 'wheel'] as const;
  return [
    {
      id: 'upgrade-pip',
      title: 'Upgrading pip, setuptools and wheel to latest version ...',
      why: 'UPGRADE_PIP_TO_LATEST is set',
      because: [fromEnvironment('UPGRADE_PIP_TO_LATEST')],
      effect: inHome(facts, [pipOf(facts), 'install', ...packages]),
      onFailure: {
        do: 'retry',
        notice: {
          kind: 'text',
          level: 'warning',
          text: 'Installation of the latest pip, setuptools and wheel failed, trying again from official PyPI with pip --isolated install',
        },
        effect: inHome(facts, [pipOf(facts), 'install', '--isolated', ...packages]),
        role: 'upgrade-pip',
      },
    },
  ];
}
