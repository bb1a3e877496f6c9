import type { Sandbox } from './sandbox.ts';

/** Shell lines for a mount namespace in which nothing but /tmp can be written to, and the sandbox neither. */
export function readOnlyRoot(sandbox: Sandbox): string {
  return [
    'mount --bind /tmp /tmp',
    readOnly(sandbox.folder),
    'mount -o remount,bind,ro /',
    `if touch '${sandbox.home}/x' 2>/dev/null || touch /x 2>/dev/null; then echo 'not read-only' >&2; exit 1; fi`,
  ].join('\n');
}

/** Shell lines that make a folder read-only where it stands. */
export function readOnly(folder: string): string {
  return `mount --bind '${folder}' '${folder}'\nmount -o remount,bind,ro '${folder}'`;
}
