import type { Command, Run } from '../../execute/effect.ts';
import { type Step, TEMPORARY } from '../../execute/plan.ts';
import type { Reader } from '../../execute/reader.ts';
import type { Source } from '../../inspect/fact.ts';
import { isWithin, join } from '../../inspect/paths.ts';
import { findProgram } from '../../inspect/programs.ts';
import type { Settings } from '../../inspect/settings/read.ts';
import { satisfies } from '../../inspect/specifier.ts';
import type { AssembleFacts } from '../facts.ts';
import { inHome } from '../steps.ts';

export type PinnedToolName = 'uv' | 'poetry' | 'pdm' | 'pipenv';

/** What pip is asked for, exactly: builds of one image use one version of each tool. */
export const PINNED: Readonly<Record<PinnedToolName, readonly [string, ...string[]]>> = {
  uv: ['uv==0.13.9'],
  poetry: ['poetry==2.5.1', 'poetry-plugin-export==1.10.1'],
  // The extra pins what PDM itself needs: its newest dependencies are not always fit for it.
  pdm: ['pdm[locked]==2.29.3'],
  pipenv: ['pipenv==2026.10.3'],
};

/** Where images keep the tools that they bring. */
export const TOOLS_FOLDER = '/usr/lib/s2i/tools';

/** A tool of the image: never one of the application's own environment. */
export interface ImageTool {
  /** TEMPORARY stands in it where it has to be unpacked. */
  readonly program: string;
  /** What it is unpacked from: a virtual environment that works anywhere. */
  readonly archive?: string;
  /** As its metadata tells it; undefined for a program that stands alone. */
  readonly version: string | undefined;
}

export type ImageTools = Readonly<Partial<Record<PinnedToolName, ImageTool>>>;

const NAMES: readonly PinnedToolName[] = ['uv', 'poetry', 'pdm', 'pipenv'];

/**
 * The tools that the image brings: in the folder of tools, and uv, which is one file, also elsewhere on PATH; else packed, as
 * the full image has them (docs/decisions/0011-tools-packed.md).
 */
export function readImageTools(reader: Reader, settings: Settings, appRoot: string): ImageTools {
  const folder = settings.text('S2I_TOOLS')?.value ?? TOOLS_FOLDER;
  const found = NAMES.flatMap((name) => {
    const program = join(folder, name, 'bin', name);
    if (reader.executable(program)) return [[name, { program, version: versionIn(reader, join(folder, name), name) }] as const];
    const alone = name === 'uv' ? findProgram(reader, name, pathWithout(reader, appRoot)) : undefined;
    if (alone !== undefined) return [[name, { program: alone, version: undefined }] as const];
    const archives = ['gz', 'xz'].map((ending) => join(folder, `${name}.tar.${ending}`));
    const archive = archives.find((one) => reader.stat(one) !== undefined);
    if (archive === undefined) return [];
    return [[name, { program: `${TEMPORARY}/${name}/bin/${name}`, archive, version: PINNED[name][0].split('==')[1] }] as const];
  });
  return Object.fromEntries(found);
}

function pathWithout(reader: Reader, appRoot: string): string {
  const folders = (reader.environment.PATH ?? '/usr/local/bin:/usr/bin:/bin').split(':');
  return folders.filter((folder) => !isWithin(folder, appRoot)).join(':');
}

function versionIn(reader: Reader, venv: string, name: string): string | undefined {
  const libraries = reader.list(join(venv, 'lib'))?.names ?? [];
  const names = libraries.flatMap((library) => reader.list(join(venv, 'lib', library, 'site-packages'))?.names ?? []);
  const metadata = new RegExp(`^${name}-([0-9.]+)\\.dist-info$`);
  return names.map((one) => metadata.exec(one)?.[1]).find((version) => version !== undefined);
}

export interface ReadyTool {
  /** What is executed; TEMPORARY stands in it where the tool is fetched or unpacked. */
  readonly program: string;
  /** What makes it ready; none when it stands in the image ready. */
  readonly steps: readonly Step[];
}

/** The tool of the image, or the steps that put the pinned one into the temporary folder, which is removed with it. */
export function readyTool(facts: AssembleFacts, name: PinnedToolName, source: Source): ReadyTool {
  const required = name === 'uv' ? facts.project.pyproject?.tools.uvRequired : undefined;
  const ours = facts.tools[name];
  if (ours === undefined || pinOf(facts, name) !== undefined || !fits(ours, required))
    return fetched(facts, name, source, required);
  const { program, archive } = ours;
  return { program, steps: archive === undefined ? [] : [unpackStep(facts, name, archive, source)] };
}

const FAILS = { do: 'fail', role: 'fetch-tool' } as const;

function unpackStep(facts: AssembleFacts, name: PinnedToolName, archive: string, source: Source): Step {
  return {
    id: `${name}-unpack`,
    why: `${name} reads the lock`,
    because: [source],
    effect: alone(facts, ['tar', '-C', TEMPORARY, '--no-same-owner', '-xf', archive]),
    onFailure: { do: 'fail', role: 'unpack-tool' },
  };
}

function fetched(facts: AssembleFacts, name: PinnedToolName, source: Source, required: string | undefined): ReadyTool {
  const venv = `${TEMPORARY}/${name}`;
  const step = { why: `${name} reads the lock, and the image has none`, because: [source] };
  const make: Step = {
    ...step,
    id: `${name}-venv`,
    title: `Fetching ${name} for this build ...`,
    effect: alone(facts, [facts.places.python ?? 'python3', '-m', 'venv', venv]),
    onFailure: FAILS,
  };
  const words = ['install', '--quiet', ...wantedOf(facts, name, required)];
  const install: Step = { ...step, id: `${name}-install`, effect: alone(facts, [`${venv}/bin/pip`, ...words]), onFailure: FAILS };
  return { program: `${venv}/bin/${name}`, steps: [make, install] };
}

/** What is meant for the application's packages does not concern those of a tool. */
const NOT_FOR_TOOLS = ['CONSTRAINT', 'NO_BINARY', 'NO_DEPS', 'PREFIX', 'REQUIREMENT', 'REQUIRE_HASHES', 'TARGET', 'USER'];

function alone(facts: AssembleFacts, argv: Command['argv']): Run {
  const { command } = inHome(facts, argv);
  const unset = [...command.environment.unset, 'PYTHONPATH', ...NOT_FOR_TOOLS.map((name) => `PIP_${name}`)];
  return { kind: 'run', command: { ...command, environment: { ...command.environment, unset } } };
}

function wantedOf(facts: AssembleFacts, name: PinnedToolName, required: string | undefined): readonly string[] {
  const pin = pinOf(facts, name);
  if (pin !== undefined) return [`${name}==${pin}`];
  const [first, ...others] = PINNED[name];
  if (required === undefined || satisfies(first.slice(`${name}==`.length), required) === true) return [first, ...others];
  return [`${name}${/^[0-9]/.test(required) ? '==' : ''}${required}`];
}

function pinOf({ settings }: Pick<AssembleFacts, 'settings'>, name: PinnedToolName): string | undefined {
  return name === 'pipenv' ? settings.text('PIN_PIPENV_VERSION')?.value : undefined;
}

/** A version that is not known is left to the tool itself, which refuses. */
function fits({ version }: ImageTool, required: string | undefined): boolean {
  return required === undefined || version === undefined || satisfies(version, required) !== false;
}
