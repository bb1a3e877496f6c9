import type { Command, Run } from '../../../execute/effect.ts';
import type { Step } from '../../../execute/plan.ts';
import { fromFile } from '../../../inspect/fact.ts';
import { lockWriter } from '../../../inspect/manifests/locks.ts';
import { join } from '../../../inspect/paths.ts';
import type { AssembleFacts } from '../../facts.ts';
import { runIn } from '../../steps.ts';
import type { InstallerChoice } from '../choose.ts';
import { readyTool } from '../pinned.ts';
import { hasNoIndex } from '../wheelhouse.ts';
import { ASIDE, uvVariables } from './read.ts';

/** `uv pip install` into the application's environment: it adds and replaces packages and never makes an environment anew. */
export function uvPip(facts: AssembleFacts, { source, manifest }: InstallerChoice): Command['argv'] {
  const { program } = readyTool(facts, 'uv', source);
  // Hashes decide there, so every index may serve a package; else uv would not look into those that a package has to name.
  const explicit = manifest === 'uv.lock' ? (facts.project.pyproject?.tools.uvExplicitIndexes ?? []) : [];
  const indexes = explicit.flatMap((index) => ['--index', index]);
  const strategy = indexes.length === 0 ? [] : ['--index-strategy', 'unsafe-best-match'];
  // It has no variable for that, and would ask the index that pyproject.toml names.
  const none = hasNoIndex(facts) ? ['--no-index'] : [];
  return [program, 'pip', 'install', '--python', join(facts.places.appRoot, 'bin/python'), ...indexes, ...strategy, ...none];
}

/** pylock.toml or requirements.txt by uv itself. */
export function planUv(facts: AssembleFacts, choice: InstallerChoice): readonly Step[] {
  const { manifest } = choice;
  const { steps } = readyTool(facts, 'uv', choice.source);
  if (manifest === undefined) return steps;
  const pylock = manifest !== 'requirements.txt';
  const preview = pylock ? ['--preview-features', 'pylock'] : [];
  const lock = pylock ? { lock: { file: manifest, renew: lockWriter('pylock') } } : {};
  return [
    ...steps,
    {
      id: 'install-dependencies',
      title: 'Installing dependencies via uv ...',
      why: `${manifest} names them`,
      because: [choice.source, fromFile(manifest)].filter((one, index) => index > 0 || one.from !== 'file'),
      effect: runUv(facts, [...uvPip(facts, choice), ...preview, '-r', manifest]),
      onFailure: { do: 'fail', role: 'install-dependencies', ...lock },
    },
  ];
}

/** A command of uv's over the application's environment, in the application's folder. */
export function runUv(facts: AssembleFacts, argv: Command['argv']): Run {
  const effect = runIn(facts, facts.places.home, argv);
  const { environment } = effect.command;
  const fallbacks = Object.entries(uvVariables(facts)).filter(([name]) => !facts.given.has(name));
  const set = { ...environment.set, ...Object.fromEntries(fallbacks), ...ASIDE };
  return { ...effect, command: { ...effect.command, environment: { ...environment, set } } };
}
