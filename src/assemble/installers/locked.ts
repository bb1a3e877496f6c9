import type { Run } from '../../execute/effect.ts';
import { type Plan, type Step, TEMPORARY } from '../../execute/plan.ts';
import type { Notice } from '../../failures/notice.ts';
import { fromFile } from '../../inspect/fact.ts';
import { lockWriter } from '../../inspect/manifests/locks.ts';
import type { AssembleFacts } from '../facts.ts';
import { inHome } from '../steps.ts';
import type { InstallerChoice } from './choose.ts';
import { type Exported, renderRequirements } from './exported.ts';
import { hasMirror } from './mirror.ts';
import { readPdmLock } from './pdm/read.ts';
import { readyTool } from './pinned.ts';
import { pipOf } from './pip/plan.ts';
import { readPipfileLock } from './pipenv/read.ts';
import { readPoetryLock } from './poetry/read.ts';
import type { Reading } from './reading.ts';
import { runUv, uvPip } from './uv/install.ts';
import { readUvLock } from './uv/read.ts';

export interface LockedInstall {
  /** What makes the tool ready. */
  readonly tool: readonly Step[];
  readonly reading: Reading;
}

const READERS = { uv: readUvLock, poetry: readPoetryLock, pdm: readPdmLock, pipenv: readPipfileLock } as const;

/** How the manifest of an installer whose tool only reads is read; undefined for the others. */
export function planReading(facts: AssembleFacts, { installer, manifest, source }: InstallerChoice): LockedInstall | undefined {
  if (manifest === undefined || installer === 'pip' || installer === 'micropipenv' || installer === 'none') return undefined;
  const { program, steps } = readyTool(facts, installer, source);
  return { tool: steps, reading: READERS[installer]({ facts, program, manifest }) };
}

/** pip or uv installs this into the application's environment. */
export function installWith(facts: AssembleFacts, choice: InstallerChoice, words: readonly string[]): Run {
  if (choice.installer === 'uv') return runUv(facts, [...uvPip(facts, choice), ...words]);
  return inHome(facts, [pipOf(facts), 'install', ...words]);
}

/** What to do with the answer: exactly what is named, nothing that it needs in turn, each archive by its hash. */
export function planExported(facts: AssembleFacts, choice: InstallerChoice, exported: Exported): Plan {
  const { hashed, direct, loose } = exported;
  const options = indexOptions(facts, exported);
  const pylock = choice.manifest?.startsWith('pylock.') === true;
  // Hashes decide, so every index may serve a package.
  const exact = choice.manifest === 'Pipfile' ? [] : ['--no-deps', ...(pylock ? ['--index-strategy', 'unsafe-best-match'] : [])];
  const others = [...loose, ...direct];
  const batches: readonly Batch[] = [
    { file: `${TEMPORARY}/locked.txt`, id: 'install-dependencies', lines: hashed, options: ['--require-hashes', ...exact] },
    { file: `${TEMPORARY}/others.txt`, id: 'install-others', lines: others, options: exact },
  ];
  const wanted = batches.filter(({ lines }) => lines.length > 0);
  const steps = wanted.flatMap((batch, index) => batchSteps(facts, choice, { ...batch, first: index === 0, indexes: options }));
  return { format: 1, stage: 'install', notices: noticesOf(choice, exported), steps };
}

interface Batch {
  readonly file: string;
  readonly id: string;
  readonly lines: readonly string[];
  readonly options: readonly string[];
}

function batchSteps(
  facts: AssembleFacts,
  choice: InstallerChoice,
  batch: Batch & { readonly first: boolean; readonly indexes: readonly string[] },
): readonly Step[] {
  const { installer, manifest = '' } = choice;
  const because = [fromFile(manifest)];
  const renew = manifest.startsWith('pylock.') ? lockWriter('pylock') : `${installer} lock`;
  const title = batch.first ? { title: `Installing dependencies via ${installer} ...` } : {};
  return [
    {
      id: `write-${batch.id}`,
      why: `${manifest} names them`,
      because,
      effect: { kind: 'write-file', path: batch.file, text: renderRequirements(batch.indexes, batch.lines), mode: 0o600 },
      onFailure: { do: 'fail', role: 'make-temporary' },
    },
    {
      id: batch.id,
      ...title,
      why: `${manifest} names them`,
      because,
      effect: installWith(facts, choice, [...batch.options, '-r', batch.file]),
      onFailure: { do: 'fail', role: 'install-dependencies', lock: { file: manifest, renew } },
    },
  ];
}

function indexOptions(facts: AssembleFacts, { options }: Exported): readonly string[] {
  if (!hasMirror(facts)) return options;
  return options.filter((option) => !/^(-i|--index-url)\b/.test(option));
}

function noticesOf({ manifest = '', installer }: InstallerChoice, { hashed, direct, loose }: Exported): readonly Notice[] {
  if (hashed.length + direct.length + loose.length === 0) {
    return [{ kind: 'text', level: 'info', text: `${manifest} names no package.` }];
  }
  if (loose.length === 0) return [];
  const text =
    manifest === 'Pipfile'
      ? 'Pipfile has no Pipfile.lock beside it: pip chooses the versions, and another build may get others. Run pipenv lock and commit Pipfile.lock.'
      : `${installer} gives no hashes for ${loose.length} packages of ${manifest}: their archives are not verified.`;
  return [{ kind: 'text', level: 'warning', text }];
}
