import type { CaBundleFailure } from '../kinds/building.ts';
import type { Message } from '../message.ts';
import { reasonOf } from './unreadable.ts';

/** The words about certificates that cannot be used. */
export function caBundle({ path, setting, problem }: CaBundleFailure): Message {
  const named = setting === 'S2I_CA_BUNDLE' ? [`S2I_CA_BUNDLE=${path}`] : ['It is used because it is mounted there.'];
  const message = caBundleProblem(path, problem);
  return {
    ...message,
    title: `The CA bundle ${path} ${message.title}.`,
    found: named,
    wayOut:
      setting === 'S2I_CA_BUNDLE'
        ? 'leave S2I_CA_BUNDLE unset when no bundle is needed.'
        : 'leave the mount out when no bundle is needed.',
  };
}

function caBundleProblem(path: string, problem: CaBundleFailure['problem']): Message {
  switch (problem.what) {
    case 'no-certificate':
      return {
        title: 'holds no certificate',
        expected: 'one or more certificates in PEM form: -----BEGIN CERTIFICATE-----',
        checks: [
          'whether the secret is empty, or holds the key instead of the certificate',
          'whether it is DER: openssl x509 -inform der -in ca.der -out ca.crt',
        ],
      };
    case 'unreadable':
      return {
        title: `cannot be read: ${reasonOf(problem.reason)}`,
        checks: ['its owner and mode: a secret mount belongs to root unless uid=1001 is given'],
        write: {
          where: 'the Dockerfile',
          text: `RUN --mount=type=secret,id=ca.crt,target=${path},uid=1001,gid=0 /usr/libexec/s2i/assemble`,
        },
      };
    case 'absent':
    case 'dangling':
      return {
        title: problem.what === 'absent' ? 'does not exist' : 'is a link that leads nowhere',
        checks: ['whether the build mounts it', 'the spelling of the path'],
      };
    case 'directory':
      return { title: 'is a folder, not a file', checks: ['which file in it is meant: name that one'] };
    case 'too-large':
      return { title: `has ${problem.bytes} bytes`, expected: `at most ${problem.limit} bytes of certificates` };
    default:
      return {
        title: 'is no text',
        expected: 'certificates in PEM form',
        checks: ['whether it is DER: openssl x509 -inform der -in ca.der -out ca.crt'],
      };
  }
}
