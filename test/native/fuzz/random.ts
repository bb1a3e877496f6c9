/** Numbers that look random and are the same for the same seed, so that a failure can be repeated. */
export interface Random {
  /** A whole number from 0, below the limit. */
  readonly below: (limit: number) => number;
  readonly oneOf: <T>(list: readonly [T, ...T[]]) => T;
  readonly chance: (oneIn: number) => boolean;
}

export function createRandom(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (limit: number): number => next() % limit;
  return {
    below,
    oneOf: (list) => list[below(list.length)] ?? list[0],
    chance: (oneIn) => below(oneIn) === 0,
  };
}

/** Bytes that a name may have, hostile ones more often than others. */
export function randomName(random: Random): Buffer {
  const hostile = [
    '-rf',
    '..x',
    ' ',
    '\n',
    "'",
    '"',
    '$(x)',
    '`',
    '*',
    '\\',
    '\x7f',
    '\xff\xfe',
    '\xc3',
    '\xed\xa0\x80',
    'é',
    '%s',
    '.',
  ];
  if (random.chance(2)) return Buffer.from(random.oneOf(['a', ...hostile]) + String(random.below(20)), 'latin1');
  const bytes = Array.from({ length: 1 + random.below(random.chance(10) ? 250 : 12) }, () => 1 + random.below(255));
  return Buffer.from(bytes.map((byte) => (byte === 0x2f || byte === 0x2e ? 0x5f : byte)));
}
