/** Cases that two engines of JavaScript must answer alike, made from a seed so that both make the same. The language alone. */

export interface EngineCase {
  /** `group: what`, unique. */
  readonly name: string;
  readonly answer: () => unknown;
}

/** A small generator of numbers that are the same everywhere: 32 bits, by shifts and exclusive or. */
export function createRandom(seed: number): (below: number) => number {
  let state = seed | 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

type Random = (below: number) => number;

const ALPHABET = [
  'a',
  'b',
  'Z',
  '0',
  '9',
  ' ',
  '\n',
  '"',
  '\\',
  '/',
  'é',
  'ß',
  '中',
  '😀',
  '\ud800',
  '\u0000',
  '\u007f',
  '\u2028',
  '.',
  '-',
];

function text(random: Random, longest = 12): string {
  return Array.from({ length: random(longest) }, () => ALPHABET[random(ALPHABET.length)] ?? '').join('');
}

function number(random: Random): number {
  const kinds = [
    () => random(1000),
    () => -random(100_000),
    () => random(1e9) / (random(1000) + 1),
    () => (random(2 ** 31) + 1) * 10 ** (random(40) - 20),
    () => [0, -0, 1e21, 1e-7, 123456789012345680000, 0.1 + 0.2, 2 ** 53, 5e-324, 1.7976931348623157e308][random(9)] ?? 0,
  ];
  return kinds[random(kinds.length)]?.() ?? 0;
}

function value(random: Random, depth = 0): unknown {
  const kinds: (() => unknown)[] = [
    () => number(random),
    () => text(random),
    () => random(2) === 0,
    () => null,
    () => undefined,
    () => [Number.NaN, Number.POSITIVE_INFINITY][random(2)],
    () => Array.from({ length: random(4) }, () => value(random, depth + 1)),
    () => Object.fromEntries(Array.from({ length: random(5) }, () => [key(random), value(random, depth + 1)])),
  ];
  return kinds[random(depth > 3 ? 6 : kinds.length)]?.();
}

function key(random: Random): string {
  return random(3) === 0 ? String(random(30)) : text(random, 5);
}

function many(group: string, count: number, make: (random: Random) => () => unknown): readonly EngineCase[] {
  return Array.from({ length: count }, (_, at) => ({
    name: `${group}: ${at}`,
    answer: make(createRandom(at * 7919 + group.length)),
  }));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const generated: readonly EngineCase[] = [
  ...many('JSON.stringify', 400, (random) => {
    const [given, indent] = [value(random), [undefined, 2, '\t', 0][random(4)]];
    return () => JSON.stringify(given, undefined, indent);
  }),
  ...many('JSON.parse', 200, (random) => {
    const given = JSON.stringify(value(random)) ?? 'null';
    const broken = random(2) === 0 ? given : given.slice(0, random(given.length + 1));
    return () => JSON.stringify(JSON.parse(broken));
  }),
  ...many('String of numbers', 400, (random) => {
    const given = number(random);
    return () => [String(given), given.toFixed(random(8)), given.toExponential(random(8)), given.toPrecision(random(20) + 1)];
  }),
  ...many('Number of texts', 200, (random) => {
    const given = [
      text(random),
      String(number(random)),
      `0x${random(1000).toString(16)}`,
      ` ${random(50)} `,
      `${random(9)}_0`,
      '.5',
      '5.',
      '',
    ];
    return () => given.map((one) => [Number(one), Number.parseInt(one, 10), Number.parseFloat(one)].map(String));
  }),
  ...many('sort', 150, (random) => {
    const given = Array.from({ length: random(300) }, () => text(random, 4));
    return () => [[...given].sort(), [...given].sort(compare), [...given].sort((a, b) => a.length - b.length), given.toSorted()];
  }),
  ...many('order of keys', 150, (random) => {
    const keys = Array.from({ length: random(20) }, () => key(random));
    return () => {
      const [object, map]: [Record<string, number>, Map<string, number>] = [{}, new Map()];
      for (const [at, one] of keys.entries()) {
        object[one] = at;
        map.set(one, at);
        if (at % 5 === 4) map.delete(keys[at - 2] ?? '');
      }
      return [Object.keys(object), [...map], Object.entries({ ...object, b: 1, a: 2, 3: 4 }), [...new Set(keys)]];
    };
  }),
  ...many('texts', 400, (random) => {
    const [given, part, at] = [text(random, 20), text(random, 3), random(12) - 4];
    return () => [
      given.split(part),
      given.slice(at),
      given.at(at),
      given.indexOf(part),
      given.lastIndexOf(part),
      given.trim(),
      given.padStart(8, part),
      given.replaceAll(part, '<$&>'),
      [...given].length,
      given.codePointAt(1),
      given.normalize('NFC') === given,
      given < part,
    ];
  }),
  ...many('URI', 150, (random) => {
    const given = text(random, 8);
    const escaped = Array.from({ length: random(4) }, () => `%${random(256).toString(16).padStart(2, '0')}`).join('');
    return () => [attempt(() => encodeURIComponent(given)), attempt(() => decodeURIComponent(escaped + given))];
  }),
  ...many('arrays', 150, (random) => {
    const given = Array.from({ length: random(12) + 1 }, () => random(20));
    return () => [
      given.findLast((one) => one % 3 === 0),
      given.flatMap((one) => (one % 2 === 0 ? [one, [one]] : [])),
      given.with(0, 99),
      given.toSpliced(1, 2, 7),
      given.reduceRight((sum, one) => sum * 3 - one, 1),
      given.includes(7),
      given.entries().next().value,
      Array.from(given, (one, at) => one * at),
    ];
  }),
  ...many('BigInt', 100, (random) => {
    const [one, two] = [BigInt(random(2 ** 31)) ** 3n, BigInt(random(1000) + 1)];
    return () => [one / two, one % two, -one * two, one > two, BigInt.asUintN(63, -one), Number(one)].map(String);
  }),
  ...many('bits', 100, (random) => {
    const [one, two] = [random(2 ** 32) - 2 ** 31, random(64)];
    return () => [
      one << two,
      one >> two,
      one >>> two,
      one & 0xff00ff,
      ~one,
      Math.imul(one, two),
      one.toString(16),
      one.toString(2),
    ];
  }),
];

/** Patterns of the kinds the core uses, against texts that come near them. */
const PATTERNS: readonly RegExp[] = [
  /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(?:===?\s*([\w.+!-]+))?/,
  /[a-z][a-z0-9+.-]*:\/\/([^\s/?#@]+)@/gi,
  /^(?<name>[^=\s]+)\s*=\s*(?<quote>["']?)(?<value>.*)\k<quote>$/m,
  /(?<=\bimport\s)\w+(?!\.)/g,
  /(?<!\\)#.*$/gm,
  /^0::(\/.*)$/m,
  /(["'])(?:\\.|(?!\1).)*\1/gs,
  /[-_.]+/g,
  /\p{L}+/gu,
  /[^ -~]+/g,
  /^(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(a|b|rc)[-_.]?(\d*))?/i,
  /(a+)+b|(?:x|y)*?z/y,
  /\s+$/,
];

const TEXTS: readonly string[] = [
  'Flask[async] == 3.0.1  # pinned',
  'https://user:p%40ss@index.example/simple git+SSH://tok@host/x',
  "KEY = 'a value'\nOTHER=plain \n",
  'import os, sys\nfrom x import y.z',
  'requests\\#1 # comment\n# all',
  '12:cpu:/\n0::/system.slice/x',
  `name = "it's \\" here" 'and' "more"`,
  'Zope.Interface__x-y',
  'naïve 中文 Straße 😀x',
  '1!2.0.0rc1.post2',
  'aaaaaaaab xyxyz',
  '  \t\u00a0\ufeff end \u2003\n',
  '',
];

const patterns: readonly EngineCase[] = PATTERNS.flatMap((pattern, at) =>
  TEXTS.map((subject, on) => ({
    name: `regular expressions: ${at} on ${on}`,
    answer: () => {
      const again = new RegExp(pattern.source, pattern.flags);
      const match = again.exec(subject);
      const found =
        match === null ? null : { all: [...match], index: match.index, groups: { ...match.groups }, last: again.lastIndex };
      const global = pattern.flags.includes('g') ? [...subject.matchAll(pattern)].map((one) => [one.index, ...one]) : [];
      return [found, global, subject.split(pattern), subject.replace(pattern, '[$&|$1|$$]'), subject.search(pattern)];
    },
  })),
);

/** Normal forms of every 16th block of characters. */
const normalisation: readonly EngineCase[] = Array.from({ length: 512 }, (_, block) => ({
  name: `normal forms: ${(block * 256).toString(16)}`,
  answer: () => {
    const characters = Array.from({ length: 16 }, (__, at) => String.fromCodePoint(block * 256 + at * 16 + (block % 16)));
    const whole = characters.filter((one) => one < '\ud800' || one > '\udfff').join('\u0301');
    return [whole.normalize('NFC'), whole.normalize('NFD')];
  },
}));

/** What the engines are known to answer differently, and the core therefore does not use: see `scripts/check/sources.ts`. */
const different: readonly EngineCase[] = [
  { name: 'known difference: localeCompare', answer: () => ['a', 'B', 'é'].map((one) => one.localeCompare('b')) },
  { name: 'known difference: toLocaleString', answer: () => (1234567.891).toLocaleString() },
  { name: 'known difference: the words of errors', answer: () => wordsOf(() => (null as unknown as string[])[0]) },
  { name: 'known difference: JSON.parse of 1.', answer: () => attempt(() => JSON.parse('1.')) },
  { name: 'known difference: regular expressions with v', answer: () => attempt(() => compiled('[a--b]', 'v').source) },
  { name: 'known difference: modifiers in a regular expression', answer: () => attempt(() => compiled('(?i:a)', '').test('A')) },
  { name: 'known difference: BigInt.asUintN of 64 bits', answer: () => String(BigInt.asUintN(64, -1n)) },
  { name: 'known difference: trigonometry', answer: () => [Math.sin(1), Math.atan2(1, 2)].map(String) },
  { name: 'known difference: methods of sets', answer: () => 'union' in Set.prototype },
  {
    name: 'known difference: iterator helpers',
    answer: () => 'map' in Object.getPrototypeOf(Object.getPrototypeOf([].values())),
  },
  { name: 'known difference: RegExp.escape', answer: () => 'escape' in RegExp },
];

export const engineCases: readonly EngineCase[] = [...generated, ...patterns, ...normalisation, ...different];

/** The answer of a case as text; of an error only its kind, because its words differ. */
export function answerOf({ answer }: EngineCase): string {
  return JSON.stringify({ answer: attempt(answer) });
}

function attempt(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return `throws ${error instanceof Error ? error.name : typeof error}`;
  }
}

/** Not as a literal, which the compiler of the engine would refuse. */
function compiled(source: string, flags: string): RegExp {
  return new RegExp(source, flags);
}

function wordsOf(act: () => unknown): string {
  try {
    return String(act());
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}
