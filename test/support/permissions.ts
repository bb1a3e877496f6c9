import { lstatSync, readdirSync, type Stats } from 'node:fs';

/** Entries below a folder of this user that group 0 could not use as their owner can (B18), as `mode path`. */
export function notForGroup(root: string, uid: number): readonly string[] {
  const found: string[] = [];
  const visit = (path: string): void => {
    const bytes = Buffer.from(path, 'latin1');
    const stats = lstatSync(bytes);
    if (stats.uid === uid && !isForGroup(stats)) found.push(`${(stats.mode & 0o7777).toString(8)} gid ${stats.gid} ${path}`);
    if (stats.isDirectory()) for (const name of readdirSync(bytes, { encoding: 'latin1' })) visit(`${path}/${name}`);
  };
  visit(root);
  return found;
}

function isForGroup(stats: Stats): boolean {
  if (stats.isSymbolicLink()) return stats.gid === 0;
  const wanted = stats.isDirectory() ? 0o070 : (stats.mode & 0o100) === 0 ? 0o060 : 0o070;
  return stats.gid === 0 && (stats.mode & wanted) === wanted;
}
