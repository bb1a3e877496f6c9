/** What can keep a database from being migrated, other than the migration itself. `words` are the driver's. */
export type MigrationFailure =
  | { readonly kind: 'database-unreachable'; readonly seconds: number; readonly words: string }
  | { readonly kind: 'database-refused'; readonly words: string }
  | { readonly kind: 'migration-locked'; readonly seconds: number }
  | { readonly kind: 'no-migration-lock'; readonly words: string }
  | { readonly kind: 'nothing-to-migrate'; readonly directory: string; readonly missing: 'Django' | 'manage.py' };
