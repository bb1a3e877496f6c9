/** A value as messages quote it: at most 200 characters of it. */
export function quote(value: string): string {
  return `"${value.length > 200 ? `${value.slice(0, 200)}…` : value}"`;
}

/** The advice to look at the spelling, with the names that could have been meant. */
export function spelling(similar: readonly string[]): string {
  return similar.length === 0 ? 'the spelling' : `the spelling; there is ${similar.map(quote).join(', ')}`;
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The way out where a hook of the project is at fault. */
export const WITHOUT_HOOKS = 'S2I_USER_HOOKS=off runs none.';
