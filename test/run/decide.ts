import { readSettings } from '../../src/inspect/settings/read.ts';
import type { Launch } from '../../src/run/launch.ts';
import { planRun, type RunDecision } from '../../src/run/plan.ts';
import { type ReadOptions, readRunFacts } from '../../src/run/read/facts.ts';
import { SERVERS } from '../../src/run/servers/registry.ts';
import { createScriptedReader, type MemoryEntry, type ScriptedReaderOptions } from '../support/scripted-reader.ts';

export const appRoot = '/opt/app-root';
export const home = `${appRoot}/src`;
const sitePackages = `${appRoot}/lib/python3.13/site-packages`;

/** An image with a project in it, as far as a decision of run needs it. */
export interface Scene extends Omit<ScriptedReaderOptions, 'mounts'> {
  /** Distributions by name, with their version; those that bring a program bring it. */
  readonly installed?: Readonly<Record<string, string>>;
  readonly setupAnswer?: ReadOptions['setupAnswer'];
  readonly depth?: ReadOptions['depth'];
}

const programs: Readonly<Record<string, string>> = Object.fromEntries(
  SERVERS.map(({ distribution, program: name }) => [distribution, name]),
);

/** What is in every image here. */
const base: Readonly<Record<string, MemoryEntry>> = {
  '/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\n',
  '/bin/sh': program(),
  '/usr/bin/bash': program(),
  '/usr/bin/env': program(),
  [`${appRoot}/bin/python`]: program(),
  [`${appRoot}/pyvenv.cfg`]: 'home = /usr/bin\n',
  [sitePackages]: { directory: true },
  [home]: { directory: true },
};

/** A program file, or a script with a text. */
export function program(text = '\0ELF'): MemoryEntry {
  return { text, mode: 0o755 };
}

/** A reader of the scene. Names of `files` that are relative lie in the application's folder. */
export function readerOf(scene: Scene) {
  const files: Record<string, MemoryEntry> = { ...base };
  for (const [name, version] of Object.entries(scene.installed ?? {})) {
    files[`${sitePackages}/${name.replaceAll('-', '_')}-${version}.dist-info/METADATA`] = '';
    if (programs[name] !== undefined) files[`${appRoot}/bin/${programs[name]}`] = program();
  }
  for (const [name, entry] of Object.entries(scene.files ?? {})) files[name.startsWith('/') ? name : `${home}/${name}`] = entry;
  const environment = { HOME: home, PATH: `${appRoot}/bin:/usr/bin:/bin`, ...scene.environment };
  return createScriptedReader({ ...scene, files, environment });
}

/** The decision that run takes in a scene. */
export function decide(scene: Scene): RunDecision {
  const reader = readerOf(scene);
  const place = { appRoot, directory: reader.directory };
  const settings = readSettings(reader.environment, 'run');
  const { setupAnswer, depth = 'launch' } = scene;
  return planRun(
    readRunFacts(reader, { place, settings, depth, systemRoot: '/', ...(setupAnswer === undefined ? {} : { setupAnswer }) }),
  );
}

export type Launched = Extract<RunDecision, { kind: 'launch' }>;

/** The decision, which has to be a launch. */
export function launched(scene: Scene): Launched {
  const decision = decide(scene);
  if (decision.kind !== 'launch') throw new Error(JSON.stringify(decision, undefined, 1));
  return decision;
}

export function launchOf(scene: Scene): Launch {
  return launched(scene).launch;
}

/** The lines that are printed for a launch, as the log prints them. */
export function said({ lines }: Launch): readonly string[] {
  const prefixes = { step: '---> ', info: '', warning: 'WARNING: ', error: 'ERROR: ' };
  return lines.map(({ level, text }) => prefixes[level] + text);
}

/** The kinds of the failures that a scene ends with. */
export function failuresOf(scene: Scene) {
  const decision = decide(scene);
  if (decision.kind !== 'failed') throw new Error(JSON.stringify(decision, undefined, 1));
  return decision.failures;
}
