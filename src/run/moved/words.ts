import type { Failure } from '../../failures/failure.ts';
import type { Notice } from '../../failures/notice.ts';
import { isWithin } from '../../inspect/paths.ts';
import type { Moved } from './read.ts';

/** What is said before an application is started all the same: it may not need what is missing. */
export function movedNotices({ python, libraries, packages }: Moved): readonly Notice[] {
  const notices: Notice[] = libraries.map(({ library, user, package: name }) => {
    const add = name === null ? `an image that has ${library}` : addWords(name, packages);
    return warning(
      `${user} needs the shared library ${library}, which this image does not have: importing it will fail. What helps: ${add}.`,
    );
  });
  if (python?.what === 'abi') {
    notices.push(
      warning(
        `The installed packages were compiled for ${python.built}, this image's Python is ${python.found.join(', ')}: compiled modules cannot be imported. Build and run on the same architecture and the same C library.`,
      ),
    );
  }
  if (python?.what === 'version') notices.push(warning(versionWords(python.built, python.found)));
  return notices;
}

/**
 * What ends the start: a program of the environment cannot find its interpreter, or not one of its packages. A script that
 * Python itself is given may need none of them.
 */
export function movedFailure({ python }: Moved, paths: readonly string[], appRoot: string): Failure | undefined {
  if (python === undefined || python.what === 'abi') return undefined;
  const programs = paths.filter((path) => isWithin(path, `${appRoot}/bin`));
  const lost = python.what === 'absent' ? programs : programs.filter((path) => !/\/python[0-9.]*$/.test(path));
  return lost.length === 0
    ? undefined
    : { kind: 'environment-moved', what: python.what, appRoot, built: python.built, found: python.found };
}

function addWords(name: string, packages: Moved['packages']): string {
  return packages === 'apt-get'
    ? `RUN apt-get update && apt-get install -y --no-install-recommends ${name} in the Dockerfile, as root`
    : `the minimal image with ${name} added, or the full image; this one has no package manager`;
}

function versionWords(built: string, found: readonly string[]): string {
  return `The installed packages are for Python ${built}, this image has ${found.map((one) => `Python ${one}`).join(', ')}: they cannot be imported. Build and run with the same minor version.`;
}

function warning(text: string): Notice {
  return { kind: 'text', level: 'warning', text };
}
