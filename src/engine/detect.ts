import { callEngine } from './command.ts';
import { createEngine } from './create.ts';
import type { Engine, EngineName, Outcome } from './engine.ts';
import type { Absent } from './failure.ts';
import type { EngineProgram } from './program.ts';

/** In the order in which they are tried: without a daemon first. */
export const ENGINES: readonly EngineName[] = ['podman', 'buildah', 'docker'];

export interface DetectOptions {
  /** The whole environment of the engines; PATH decides which programs they are. */
  readonly environment: Readonly<Record<string, string>>;
  /** podman: the OCI runtime. */
  readonly runtime?: string;
}

/** Finds which engines are installed and answer, and for the others what was found instead. Starts nothing that stays. */
export async function detectEngines(options: DetectOptions): Promise<readonly (EngineProgram | Absent)[]> {
  return Promise.all(ENGINES.map((name) => detectEngine(name, options)));
}

/** The engine asked for, or with `any` the first that answers. `no-engine` says of each what was found. */
export async function chooseEngine(wanted: EngineName | 'any', options: DetectOptions): Promise<Outcome<Engine>> {
  const tried: Absent[] = [];
  for (const name of wanted === 'any' ? ENGINES : [wanted]) {
    const found = await detectEngine(name, options);
    if (!('found' in found)) return { ok: true, value: createEngine(found) };
    tried.push(found);
  }
  return { ok: false, failure: { kind: 'no-engine', tried } };
}

/** Calls the engine for its version, so a broken installation or a daemon that does not run shows here. */
async function detectEngine(name: EngineName, { environment, runtime }: DetectOptions): Promise<EngineProgram | Absent> {
  const engine: EngineProgram = { name, program: name, version: '', environment };
  const { how, stdout, lastLines } = await callEngine(engine, { argv: versionArguments(name) });
  if (how.kind === 'not-started') return { name, found: 'no-program' };
  if (how.kind !== 'exit' || how.status !== 0) return { name, found: 'no-answer', detail: lastLines.at(-1) ?? 'it said nothing' };
  const versions = stdout.match(/\d+\.\d+(?:\.\d+)?/g) ?? [];
  const [version = stdout.trim(), client = version] = versions;
  return {
    ...engine,
    version,
    ...(name === 'podman' && runtime !== undefined ? { runtime } : {}),
    ...(name === 'docker' ? { builder: await builderOf(engine, client) } : {}),
  };
}

function versionArguments(name: EngineName): readonly string[] {
  switch (name) {
    case 'podman':
      // `--version` would not notice storage that cannot be used.
      return ['info', '--format', '{{.Version.Version}}'];
    case 'buildah':
      return ['--version'];
    case 'docker':
      return ['version', '--format', '{{.Server.Version}} {{.Client.Version}}'];
  }
}

/** Clients before 23 hold BuildKit themselves; later ones need the plugin buildx for it. */
async function builderOf(engine: EngineProgram, client: string): Promise<'buildx' | 'integrated' | 'legacy'> {
  const { how } = await callEngine(engine, { argv: ['buildx', 'version'] });
  if (how.kind === 'exit' && how.status === 0) return 'buildx';
  return Number.parseInt(client, 10) < 23 ? 'integrated' : 'legacy';
}
