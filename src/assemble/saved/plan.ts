import type { Command } from '../../execute/effect.ts';
import type { Plan, Step } from '../../execute/plan.ts';
import type { Notice } from '../../failures/notice.ts';
import { fromFile } from '../../inspect/fact.ts';
import { type Installed, versionOf } from '../../inspect/installed.ts';
import { join } from '../../inspect/paths.ts';
import type { ApplicationChoice } from '../application.ts';
import type { AssembleFacts } from '../facts.ts';
import type { InstallerName } from '../installers/choose.ts';
import { pipOf } from '../installers/pip/plan.ts';
import { toolProgram } from '../installers/tool.ts';
import { SAVED_ENVIRONMENT, STAMP } from '../places.ts';
import { inHome, runIn } from '../steps.ts';
import type { Reuse } from './decide.ts';
import type { Stamp } from './stamp.ts';

/** Puts the saved environment in place, or says why it is not used. */
export function planRestore(facts: AssembleFacts, reuse: Reuse, base: Installed): Plan {
  const clear: Step = {
    id: 'clear-artifacts',
    why: 'what was unpacked must not stay in the image',
    because: [fromFile(facts.places.artifacts)],
    effect: { kind: 'remove-tree', path: facts.places.artifacts },
    onFailure: { do: 'warn', notice: info(`${facts.places.artifacts} was not removed.`) },
  };
  switch (reuse.use) {
    case 'nothing':
    case 'standing':
      return plan([], []);
    case 'drop':
      return plan(
        [info(`The saved artifacts are not used: ${reuse.reasons.join('; ')}. Everything is installed anew.`)],
        [clear],
      );
    case 'as-is':
    case 'reconcile':
      return plan([], [...replaceSteps(facts, reuse.stamp, base), restoreStep(facts, reuse), clear]);
  }
}

/**
 * tar is there wherever artifacts are: s2i unpacks with it what it streams (A2, A12). It does not leave the folder, whatever
 * names and links an archive holds. Modes are those of the build that was saved; folders that are there keep theirs, for
 * they may belong to somebody else.
 */
const UNPACK = [
  '--extract',
  '--force-local',
  '--same-permissions',
  '--no-same-owner',
  '--no-overwrite-dir',
  '--warning=no-timestamp',
];

function restoreStep(facts: AssembleFacts, reuse: Reuse): Step {
  const { artifacts, appRoot } = facts.places;
  const { command } = runIn(facts, appRoot, ['tar', ...UNPACK, '--file', join(artifacts, SAVED_ENVIRONMENT)]);
  const environment = { ...command.environment, unset: [...command.environment.unset, 'TAR_OPTIONS'] };
  return {
    id: 'restore-artifacts',
    title: 'Restoring build artifacts...',
    why: reuse.use === 'as-is' ? 'the same files and settings decided it' : 'only part of it has to change',
    because: [fromFile(STAMP)],
    effect: { kind: 'run', command: { ...command, environment } },
    onFailure: { do: 'fail', role: 'restore-artifacts' },
  };
}

/** Distributions of the fresh environment that the saved one has in another version would stand there twice. */
function replaceSteps(facts: AssembleFacts, stamp: Stamp, base: Installed): readonly Step[] {
  const names = stamp.packages
    .filter(({ name, version }) => ![undefined, version].includes(versionOf(base, name)))
    .map(({ name }) => name);
  return names.length === 0
    ? []
    : [uninstallStep(facts, 'replace-base', names, 'the saved environment has other versions of them')];
}

function uninstallStep(facts: AssembleFacts, id: string, names: readonly string[], why: string): Step {
  return {
    id,
    why,
    because: [fromFile(STAMP)],
    effect: inHome(facts, [pipOf(facts), 'uninstall', '--yes', ...names]),
    onFailure: { do: 'fail', role: 'reconcile' },
  };
}

/** Removes what a clean build would not have; the installers then add what is missing. */
export function planReconcile(facts: AssembleFacts, names: readonly string[], note: string): Plan {
  const steps = names.length === 0 ? [] : [uninstallStep(facts, 'remove-superfluous', names, note)];
  return { format: 1, stage: 'install', notices: [info(`The saved environment is brought up to date: ${note}.`)], steps };
}

/** The question that tells what a clean build would install now. */
export function wantedCommand(
  facts: AssembleFacts,
  installer: InstallerName,
  application: ApplicationChoice,
): Command | undefined {
  const keep = (argv: Command['argv']): Command => ({ ...inHome(facts, argv).command, output: 'keep' });
  switch (installer) {
    case 'pip':
    case 'none': {
      const requirements = facts.project.requirements === undefined ? [] : ['-r', 'requirements.txt'];
      const own = application.declaredBy.length > 0 ? ['.'] : [];
      if (requirements.length + own.length === 0) return undefined;
      return keep([
        pipOf(facts),
        'install',
        '--dry-run',
        '--ignore-installed',
        '--quiet',
        '--report',
        '-',
        ...requirements,
        ...own,
      ]);
    }
    // What these would install is known from what they export, or not at all.
    case 'uv':
    case 'poetry':
    case 'pdm':
      return undefined;
    case 'pipenv':
      return keep([toolProgram(facts, 'pipenv'), 'requirements']);
    case 'micropipenv':
      return keep([
        toolProgram(facts, 'micropipenv'),
        'requirements',
        '--no-dev',
        '--no-hashes',
        '--no-indexes',
        '--no-comments',
      ]);
  }
}

function plan(notices: readonly Notice[], steps: readonly Step[]): Plan {
  return { format: 1, stage: 'prepare', notices, steps };
}

function info(text: string): Notice {
  return { kind: 'text', level: 'info', text };
}
