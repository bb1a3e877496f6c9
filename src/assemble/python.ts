import type { Reader } from '../execute/reader.ts';
import type { Failure } from '../failures/failure.ts';
import type { Notice } from '../failures/notice.ts';
import type { PythonDemand } from '../inspect/manifests/python-demands.ts';
import { join } from '../inspect/paths.ts';
import { satisfies } from '../inspect/specifier.ts';
import type { AssembleFacts } from './facts.ts';
import { findManifests, type InstallerChoice } from './installers/choose.ts';

/** The Pythons of the images there are, by their first two numbers. */
export const IMAGE_PYTHONS = ['3.11', '3.13'];

/** The version of the environment's Python: all of it from the environment, else what the image says, else unknown. */
export function readPython(reader: Reader, appRoot: string): string | undefined {
  const read = reader.readText(join(appRoot, 'pyvenv.cfg'));
  const exact = read.ok ? /^version(?:_info)?\s*=\s*(3\.\d+(?:\.\d+)?)/m.exec(read.text)?.[1] : undefined;
  const named = reader.environment.PYTHON_VERSION ?? '';
  return exact ?? (/^3\.\d+(\.\d+)?$/.test(named) ? named : undefined);
}

export interface PythonAgreement {
  readonly failures: readonly Failure[];
  readonly notices: readonly Notice[];
}

/** What the source says about Python against the one there is: an error where a lock is used, else a warning. */
export function judgePython({ python, project }: AssembleFacts, choice: InstallerChoice): PythonAgreement {
  if (python === undefined) return { failures: [], notices: [] };
  const relevant = project.pythonDemands.filter(({ onlyWith }) => onlyWith === undefined || onlyWith === choice.manifest);
  const unmet = relevant.filter(({ specifier }) => fits(python, specifier) === false);
  if (unmet.length === 0) return { failures: [], notices: [] };
  const fitting = IMAGE_PYTHONS.filter((image) => relevant.every(({ specifier }) => fits(image, specifier) !== false));
  const usesLock = findManifests({ project }).some(({ file, lock }) => lock && file === choice.manifest);
  if (usesLock) return { failures: [{ kind: 'python-differs', python, demands: unmet, fitting }], notices: [] };
  return { failures: [], notices: unmet.map((demand) => warning(python, demand, fitting)) };
}

/** Of a version that lacks its third number only what holds for all of them is said. */
function fits(version: string, specifier: string): boolean | undefined {
  if (version.split('.').length > 2) return satisfies(version, specifier);
  const [least, most] = [satisfies(`${version}.0`, specifier), satisfies(`${version}.99`, specifier)];
  return least === most ? least : undefined;
}

function warning(python: string, { file, key, wanted }: PythonDemand, fitting: readonly string[]): Notice {
  const where = key === undefined ? file : `${key} in ${file}`;
  const image = fitting.length === 0 ? '' : ` The image for Python ${fitting.join(' or ')} would fit.`;
  return { kind: 'text', level: 'warning', text: `${where} asks for Python ${wanted}, and this image has ${python}.${image}` };
}
