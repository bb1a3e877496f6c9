import type { BuildingFailure } from '../kinds/building.ts';
import type { Words } from '../message.ts';
import { caBundle } from './ca-bundle.ts';
import { quote } from './text.ts';
import { toolFailed } from './tool.ts';
import { treeFailed } from './tree.ts';

/** The words about what assemble does. */
export const buildingWords: Words<BuildingFailure> = {
  'source-locked': ({ path }) => ({
    title: `The source in ${path} cannot be read: permission denied.`,
    expected: 'a folder that UID 1001, or the group 0, may look into and change',
    checks: ['its owner and mode', 'the user of the build (USER, --assemble-user)'],
    write: { where: 'the Dockerfile', text: `COPY --chown=1001:0 . ${path}` },
  }),
  'tool-failed': toolFailed,
  'tree-failed': treeFailed,
  'secret-written': ({ files }) => ({
    title: 'A password of this build stands in what the build has written, so it would be in the image.',
    found: files.slice(0, 8).map((file) => `| ${file}`),
    expected: 'passwords that are used and not written down',
    checks: [
      'which tool or hook writes this file: a configuration that it saves, an address that it records, a log',
      'whether the password may come from a file that only it reads: a mounted netrc or pip.conf instead of an address',
    ],
  }),
  'python-missing': ({ program }) => ({
    title: `${quote(program)} was not found, so the virtual environment cannot be created.`,
    expected: 'a Python 3 interpreter with the venv module on PATH',
    checks: ['PATH of the image', 'on Debian: apt-get install python3-venv', 'PYTHON_VERSION, which chooses python<version>'],
  }),
  'venv-broken': ({ path, reason }) => ({
    title: `The virtual environment in ${path} cannot be used: ${reason}.`,
    expected: 'bin/python in it leads to an interpreter that exists',
    checks: [
      'whether the environment was built in an image with another Python version',
      `whether ${path} was copied without its links (COPY keeps them; cp -L and zip do not)`,
    ],
    wayOut: `remove ${path}/pyvenv.cfg; assemble then makes a new environment.`,
  }),
  'ca-bundle': caBundle,
};
