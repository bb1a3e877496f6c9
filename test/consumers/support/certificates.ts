import type { Volume } from '../../../src/engine/engine.ts';
import { certificateVolumes } from '../../engine/support/certificates.ts';

/** The folder in which the hooks look for certificates by themselves; nothing else of what builds of images get. */
export function hookCertificates(): readonly Volume[] {
  return certificateVolumes().filter(({ target }) => target === '/run/secrets');
}
