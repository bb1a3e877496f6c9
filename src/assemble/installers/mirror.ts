import type { AssembleFacts } from '../facts.ts';

/** Whether a setting or pip.conf names an index: it takes the place of the one that a lock names, and hashes tell whether it serves the same. */
export function hasMirror({ settings, pipFiles }: AssembleFacts): boolean {
  return settings.text('PIP_INDEX_URL') !== undefined || pipFiles.PIP_INDEX_URL !== undefined;
}
