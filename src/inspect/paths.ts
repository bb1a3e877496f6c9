/** Joins path segments with `/`; a later absolute segment replaces what is before it; `.` segments vanish, `..` is kept. */
export function join(...segments: readonly string[]): string {
  let path = '';
  for (const segment of segments) {
    if (segment === '' || segment === '.') continue;
    path = segment.startsWith('/') || path === '' ? segment : `${path.replace(/\/+$/, '')}/${segment.replace(/^(\.\/)+/, '')}`;
  }
  return path === '' ? '.' : path;
}

/** The folder a path lies in. */
export function parentOf(path: string): string {
  const cut = path.replace(/\/+$/, '').lastIndexOf('/');
  return cut < 0 ? '.' : path.slice(0, Math.max(cut, 1));
}

/** The last segment of a path. */
export function nameOf(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  return trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

/** True when `path` is `folder` or lies below it (both absolute, without `..`). */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
