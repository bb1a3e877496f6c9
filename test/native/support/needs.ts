import type { Program } from '../../engine/support/machine.ts';

/** Programs that building the native host needs. */
export const forNative: readonly Program[] = ['podman', 'buildah', 'runc', 'mmdebstrap'];
