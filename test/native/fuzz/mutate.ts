import type { Random } from './random.ts';

/** What manifests have that parsers trip over. */
const pieces = [
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  '"""',
  '=',
  ',',
  '#',
  '\\',
  '\n',
  '\r\n',
  '\0',
  '\ufeff',
  '\u2028',
  '==',
  '>=',
  '@',
  ';',
  '-r ',
  '-e ',
  '--hash=sha256:',
  '$X',
  '%(a)s',
  '[[a]]',
  'a.b.c=',
  '1e999',
  '0x',
  '-',
  '<<<<<<<',
  'é',
  '\ud7ff',
  'project',
  'dependencies',
] as const;

/** A text with a few random wounds: bytes changed, parts cut out, doubled, or put in. */
export function mutated(random: Random, content: Buffer): Buffer {
  let bytes = content;
  for (let count = 1 + random.below(6); count > 0; count -= 1) {
    const at = random.below(bytes.length + 1);
    const length = random.below(random.chance(4) ? bytes.length + 1 : 12);
    const [before, part, after] = [bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at + length)];
    bytes = Buffer.concat([before, ...replacement(random, part), after]).subarray(0, 1 << 20);
  }
  return bytes;
}

function replacement(random: Random, part: Buffer): readonly Buffer[] {
  switch (random.below(6)) {
    case 0:
      return [];
    case 1:
      return [part, part];
    case 2:
      return [Buffer.from(Array.from({ length: 1 + random.below(8) }, () => random.below(256))), part];
    case 3:
      return [Buffer.from(random.oneOf(pieces).repeat(1 + random.below(random.chance(8) ? 5000 : 3))), part];
    default:
      return [Buffer.from(random.oneOf(pieces)), part];
  }
}
