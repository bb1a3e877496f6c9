/**
 * Whether a version satisfies a specifier (PEP 440), and Poetry's `^`, `~` and `||` besides. Undefined when the specifier, or a
 * part of a version beyond its numbers, is not understood: then nobody should be told anything.
 */
export function satisfies(version: string, specifier: string): boolean | undefined {
  const release = parseRelease(version);
  if (release === undefined) return undefined;
  const results = specifier.split('||').map((one) => satisfiesAll(release, one));
  if (results.includes(true)) return true;
  return results.includes(undefined) ? undefined : false;
}

type Release = readonly number[];

function satisfiesAll(release: Release, specifier: string): boolean | undefined {
  const clauses = specifier.split(',').map((clause) => clause.trim());
  const results = clauses.filter((clause) => clause !== '' && clause !== '*').map((clause) => satisfiesOne(release, clause));
  if (results.includes(false)) return false;
  return results.includes(undefined) ? undefined : true;
}

function satisfiesOne(release: Release, clause: string): boolean | undefined {
  const [, operator = '', wanted = ''] = /^(===?|!=|<=?|>=?|~=|~|\^)?\s*v?(\S+)$/.exec(clause) ?? [];
  const wildcard = wanted.endsWith('.*');
  const bound = parseRelease(wildcard ? wanted.slice(0, -2) : wanted);
  if (bound === undefined) return undefined;
  const order = compare(release, bound);
  switch (operator) {
    case '':
    case '==':
    case '===':
      return wildcard ? beginsWith(release, bound) : order === 0;
    case '!=':
      return wildcard ? !beginsWith(release, bound) : order !== 0;
    case '>=':
      return order >= 0;
    case '>':
      return order > 0;
    case '<=':
      return order <= 0;
    case '<':
      return order < 0;
    case '~=':
      return order >= 0 && beginsWith(release, bound.slice(0, -1));
    case '~':
      return order >= 0 && beginsWith(release, bound.slice(0, 2));
    case '^':
      return order >= 0 && beginsWith(release, bound.slice(0, caretLength(bound)));
    default:
      return undefined;
  }
}

/** Poetry's caret keeps everything up to the first number that is not zero. */
function caretLength(bound: Release): number {
  const first = bound.findIndex((number) => number !== 0);
  return first < 0 ? bound.length : first + 1;
}

function parseRelease(version: string): Release | undefined {
  return /^[0-9]+(\.[0-9]+)*$/.test(version) ? version.split('.').map(Number) : undefined;
}

/** Missing numbers count as zero. */
function compare(left: Release, right: Release): number {
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function beginsWith(release: Release, prefix: Release): boolean {
  return prefix.every((number, index) => (release[index] ?? 0) === number);
}
