const typeBits = 0o170000;

export function isDirectory(mode: number): boolean {
  return (mode & typeBits) === 0o040000;
}

export function isLink(mode: number): boolean {
  return (mode & typeBits) === 0o120000;
}

/** The mode an entry should have: group may read and write, and execute where its owner may and in directories (B75). */
export function wantedMode(mode: number): number {
  return mode | 0o060 | ((mode & 0o100) !== 0 || isDirectory(mode) ? 0o010 : 0);
}
