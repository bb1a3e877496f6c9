import { dirname } from 'node:path';
import { inject } from 'vitest';
import type { Sandbox } from './sandbox.ts';

/**
 * Shell lines for a mount namespace in which nothing but a fresh /tmp can be written to: not the root, and not the sandbox
 * nor the hooks, which lie in the real /tmp.
 */
export function readOnlyRoot({ folder, home }: Sandbox): string {
  const image = dirname(dirname(inject('image').hooks));
  return [
    'mount -t tmpfs tmpfs /mnt',
    'mkdir /mnt/sandbox /mnt/image',
    `mount --bind '${folder}' /mnt/sandbox`,
    `mount --bind '${image}' /mnt/image`,
    'mount -t tmpfs -o mode=1777 tmpfs /tmp',
    `mkdir -p '${folder}' '${image}'`,
    `mount --move /mnt/sandbox '${folder}'`,
    `mount --move /mnt/image '${image}'`,
    'umount /mnt',
    `for place in '${folder}' '${image}' /; do mount -o remount,bind,ro "$place"; done`,
    `if touch '${home}/x' 2>/dev/null || touch /x 2>/dev/null; then echo 'not read-only' >&2; exit 1; fi`,
  ].join('\n');
}

/** Shell lines that make a folder read-only where it stands. */
export function readOnly(folder: string): string {
  return `mount --bind '${folder}' '${folder}'\nmount -o remount,bind,ro '${folder}'`;
}
