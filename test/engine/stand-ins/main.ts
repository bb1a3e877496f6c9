/** `node test/engine/stand-ins/main.ts`: has the base images in the tests' store and says how each came there. */

import { openEngine } from '../support/engines.ts';
import { reasonAgainst } from '../support/machine.ts';
import { provideBases } from './provide.ts';

const reason = reasonAgainst(['podman', 'buildah', 'runc', 'mmdebstrap']);
if (reason === undefined) {
  for (const { image, origin, seconds } of await provideBases(await openEngine('podman'))) {
    process.stdout.write(`${image}: ${origin}, ${seconds.toFixed(1)} s\n`);
  }
} else {
  process.stderr.write(`ERROR: ${reason}\n`);
  process.exitCode = 1;
}
