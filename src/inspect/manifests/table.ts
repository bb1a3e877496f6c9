/** A table of a TOML manifest. */
export type Table = { readonly [key: string]: unknown };

/** The value of a key when it is a table, else undefined. */
export function tableAt(table: Table, key: string): Table | undefined {
  const value = table[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : undefined;
}
