import type { Role } from '../../execute/plan.ts';

/** What a failing step means, as the title of its message begins. */
export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  'pre-install': 'The hook pre-install failed',
  'post-install': 'The hook post-install failed',
  verify: 'The hook verify failed',
  'pre-run': 'The hook pre-run failed',
  'create-venv': 'The virtual environment was not created',
  'import-sources': 'The application source was not installed',
  'restore-artifacts': 'The saved environment was not restored',
  'upgrade-pip': 'pip, setuptools and wheel were not upgraded',
  'install-tool': 'The packaging tool was not installed',
  'fetch-tool': 'The packaging tool could not be fetched',
  'unpack-tool': 'The packaging tool of the image could not be unpacked',
  'check-lock': 'The lock was not accepted',
  'read-lock': 'The lock could not be read',
  'install-dependencies': 'The dependencies were not installed',
  'check-dependencies': 'The installed packages do not fit together',
  'install-application': 'The application was not installed as a package',
  reconcile: 'The saved environment was not brought up to date',
  'collect-static': "Django's static files were not collected",
  normalise: 'The permissions were not set',
  'write-record': 'The record of the build was not written',
  'write-passwd': 'The passwd entry was not written',
  migrate: 'The database was not migrated',
  'make-temporary': 'No temporary directory could be made',
  archive: 'The environment was not saved',
};
