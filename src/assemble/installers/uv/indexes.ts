/** pip's settings and uv's own names for them. */
const NAMES = [
  ['PIP_INDEX_URL', ['UV_DEFAULT_INDEX', 'UV_INDEX_URL']],
  ['PIP_EXTRA_INDEX_URL', ['UV_INDEX', 'UV_EXTRA_INDEX_URL']],
  ['PIP_FIND_LINKS', ['UV_FIND_LINKS']],
  ['PIP_TRUSTED_HOST', ['UV_INSECURE_HOST']],
] as const;

/**
 * uv reads none of pip's variables and files: what they say about indexes is told to it in its own, unless those are set. They
 * are given to commands as they are performed and stand in no plan, because addresses may hold passwords.
 */
export function uvIndexes(
  environment: Readonly<Record<string, string>>,
  pipFiles: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [pip, [own, older]] of NAMES) {
    // As for pip, an empty variable says nothing.
    const value = environment[pip] || (pipFiles[pip] ?? '');
    const taken = [own, older].some((name) => name !== undefined && (environment[name] ?? '') !== '');
    // pip separates by spaces; uv's list of links by commas.
    if (value !== '' && !taken) found[own] = own === 'UV_FIND_LINKS' ? value.trim().split(/\s+/).join(',') : value;
  }
  return found;
}
