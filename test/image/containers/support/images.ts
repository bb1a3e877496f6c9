import type { RunRequest } from '../../../../src/engine/engine.ts';
import { certificateVolumes } from '../../../engine/support/certificates.ts';
import { runContainer } from '../../../engine/support/containers.ts';
import { openEngine } from '../../../engine/support/engines.ts';
import { distributions, imagePrograms, nameOf } from '../../../engine/support/full-images.ts';

/** What these tests need of the machine. */
export const programs = imagePrograms;

/** The full images of this run, of one release in a plain `bin/test`: release, Python, name. */
export const images = distributions.map(
  (distribution) => [distribution.release, distribution.python, nameOf(distribution)] as const,
);

/** The images without compilers that this run has: flavour, release, distribution, name. */
export const smallImages = distributions.flatMap((distribution) =>
  (['minimal', 'micro'] as const).map(
    (flavour) => [flavour, distribution.release, distribution, nameOf(distribution, flavour)] as const,
  ),
);

/** Users that every image has to work for. */
export const users = ['1001', '12345:0', '100001:0'] as const;

/** Runs lines of bash, or another command, in a container, where pip trusts what this machine trusts. */
export async function inContainer(
  image: string,
  what: string | readonly string[],
  options: Omit<RunRequest, 'name' | 'image' | 'command'> = {},
): Promise<{ readonly status: number; readonly log: string }> {
  const certificates = certificateVolumes().filter(({ target }) => target === '/run/secrets');
  return runContainer(await openEngine('podman'), {
    ...options,
    image,
    command: typeof what === 'string' ? ['bash', '-c', what] : what,
    volumes: [...certificates, ...(options.volumes ?? [])],
    environment: { ...(certificates.length === 0 ? {} : { PIP_CERT: '/run/secrets/ca.crt' }), ...options.environment },
  });
}

/** The lines that a script printed, when it ended well. */
export async function printed(...call: Parameters<typeof inContainer>): Promise<readonly string[]> {
  const { status, log } = await inContainer(...call);
  if (status !== 0) throw new Error(`status ${status}:\n${log}`);
  return log.split('\n');
}
