/** Joins path segments with `/`; a later absolute segment replaces what is before it; `.` segments vanish, `..` is kept. */
export function join(...segments: readonly string[]): string {
  let path = '';
  for (const segment of segments) {
    if (segment === '' || segment === '.') continue;
    path = segment.startsWith('/') || path === '' ? segment : `${withoutEnd(path)}/${withoutDots(segment)}`;
  }
  return path === '' ? '.' : path;
}

/** The folder a path lies in. */
export function parentOf(path: string): string {
  const cut = withoutEnd(path).lastIndexOf('/');
  return cut < 0 ? '.' : path.slice(0, Math.max(cut, 1));
}

/** The last segment of a path. */
export function nameOf(path: string): string {
  const trimmed = withoutEnd(path);
  return trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

/** True when `path` is `folder` or lies below it (both absolute, without `..`). */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** Without slashes at the end. No regular expression, which would look at every character: `run` joins a hundred paths. */
function withoutEnd(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

/** Without `./` at the beginning, however often. */
function withoutDots(segment: string): string {
  let start = 0;
  while (segment.startsWith('./', start)) start += 2;
  return segment.slice(start);
}
