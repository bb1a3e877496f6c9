import type { MigrationFailure } from './kinds/migration.ts';

const MARK = /^\[s2i:(unreachable|refused|locked|no-lock)(?: (\d+))?\] (.*)/;

/** What the program that migrates said of itself among its last lines; undefined when the migration failed of its own. */
export function migrationFailure(lastLines: readonly string[]): MigrationFailure | undefined {
  const [, what, seconds, words = ''] = lastLines.map((line) => MARK.exec(line)).findLast((found) => found !== null) ?? [];
  switch (what) {
    case 'unreachable':
      return { kind: 'database-unreachable', seconds: Number(seconds), words };
    case 'refused':
      return { kind: 'database-refused', words };
    case 'locked':
      return { kind: 'migration-locked', seconds: Number(seconds) };
    case 'no-lock':
      return { kind: 'no-migration-lock', words };
    default:
      return undefined;
  }
}
