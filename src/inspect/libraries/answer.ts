import type { Command, EnvironmentPatch, RunOutcome } from '../../execute/effect.ts';
import type { Reader } from '../../execute/reader.ts';
import type { Installed } from '../installed.ts';
import { join } from '../paths.ts';
import { FLAVOUR_LIBRARIES } from './flavours.ts';
import { FIND_LIBRARIES } from './probe.ts';

/** A library that installed packages need and that not every flavour of the image has. */
export interface NeededLibrary {
  /** The name it is asked for by, e.g. `libpq.so.5`. */
  readonly library: string;
  /** Some files that need it, relative to site-packages. */
  readonly users: readonly string[];
  /** Where the building image has it; null when it has not. */
  readonly path: string | null;
  /** The Debian package it comes from there; null when that is not known. */
  readonly package: string | null;
}

/** Seconds. Only headers are read. */
const PATIENCE = 120;

/** True when a distribution brings compiled code (PEP 427: `Root-Is-Purelib`). */
export function hasCompiledCode(reader: Reader, { metadata }: Installed): boolean {
  return [...metadata.values()].some((folder) => {
    const wheel = reader.readText(join(folder, 'WHEEL'));
    return wheel.ok && /^Root-Is-Purelib:\s*false\s*$/im.test(wheel.text);
  });
}

/** The question to the environment's interpreter. */
export function askAboutLibraries(python: string, { sitePackages }: Installed, environment: EnvironmentPatch): Command {
  return {
    argv: [python, '-I', '-S', '-c', FIND_LIBRARIES, sitePackages.join(':'), FLAVOUR_LIBRARIES.join(':')],
    directory: '/',
    environment,
    output: 'keep',
    timeLimit: PATIENCE,
  };
}

/** Reads what the interpreter answered; nothing when it did not: the build does not depend on it. */
export function parseLibraries({ end, stdout }: RunOutcome): readonly NeededLibrary[] {
  if (end.how !== 'exit' || end.code !== 0) return [];
  try {
    // Our own program wrote it.
    return JSON.parse(stdout) as readonly NeededLibrary[];
  } catch {
    return [];
  }
}
