import type { Role, UsedLock } from '../../execute/plan.ts';
import type { Cause } from '../cause.ts';
import type { Message } from '../message.ts';
import { CAUSE_CHECKS } from './causes.ts';

type Words = Pick<Message, 'title' | 'checks' | 'write' | 'wayOut'>;

/** The words about a lock that cannot be installed, by what its tool says; undefined where the lock is not the cause. */
export function lockWords({ file, renew }: UsedLock, cause: Cause, role: Role): Words | undefined {
  const write = { where: 'a terminal, in the source', text: `${renew}\ngit add ${file}` };
  switch (cause) {
    case 'lock-outdated':
      return {
        title: `${file} is out of date`,
        checks: ['whether the manifest was changed after the lock was made, or only one of them was committed'],
        write,
      };
    case 'choice':
      return { title: `${file} knows no such extra or group`, checks: CAUSE_CHECKS.choice };
    case 'hash':
      return { title: `An archive is not the one that ${file} names`, checks: CAUSE_CHECKS.hash };
    case 'hash-missing':
      return { title: `${file} lacks hashes`, checks: ['which version of its tool made the lock: write it again'], write };
    case 'no-match':
    case 'no-version':
      return {
        title: `A package that ${file} names is not to be had`,
        checks: [
          'whether the index in use has it: a mirror may lack it, or a version of it; a release may have been withdrawn',
          'whether the index lets this build log in: a refused login looks like a missing package',
          'whether the release has an archive for this Python and platform',
        ],
        write,
      };
    case 'no-wheel':
      return {
        title: `A package that ${file} names has no archive for this Python and platform`,
        checks: CAUSE_CHECKS[cause],
        write,
      };
    case 'python-version':
      return {
        title: `${file} is for another Python`,
        checks: ['the Python version of the builder image: choose the image for the version that the project asks for'],
        write,
      };
    case 'network':
      return role === 'check-lock'
        ? {
            title: `${file} could not be confirmed`,
            checks: [
              'most often the lock is out of date: the files of the source alone do not confirm it, and the index that it names could not be asked',
              'a project whose dependencies only its build tells (dynamic) needs that index for this',
            ],
            write,
          }
        : undefined;
    case 'unknown':
      return unknownWords(file, role, write);
    default:
      return undefined;
  }
}

function unknownWords(file: string, role: Role, write: NonNullable<Words['write']>): Words | undefined {
  switch (role) {
    case 'check-lock':
      return {
        title: `${file} was not accepted`,
        checks: ["the tool's own words above: most often the lock is out of date"],
        write,
      };
    case 'read-lock':
      return {
        title: `${file} could not be read`,
        checks: [
          "the tool's own words above",
          'S2I_INSTALL_EXTRAS and S2I_INSTALL_GROUPS, where they are set: each name has to stand in the manifest',
          'whether the lock was written by a newer version of its tool than reads it here',
        ],
      };
    default:
      return undefined;
  }
}
