/**
 * A byte string: one code unit (0 to 255) per byte. Names, environment entries and output of programs are bytes, and
 * this form can be compared, split, searched and used as a key without decoding anything.
 */
export type Bytes = string;

/** The UTF-8 form of a text, as a byte string. Half of a surrogate pair becomes U+FFFD. */
export function toBytes(text: string): Bytes {
  return text.replace(beyondAscii, (run) => {
    let bytes = '';
    for (const character of run) bytes += encoded(character.codePointAt(0) ?? 0);
    return bytes;
  });
}

/** The text of a byte string; undefined when it is no UTF-8. */
export function fromBytes(bytes: Bytes): string | undefined {
  let wrong = false;
  const text = bytes.replace(beyondAscii, (run) => {
    let decoded = '';
    for (let at = 0; at < run.length && !wrong; ) {
      const length = sequenceLength(run, at);
      if (length === 0) wrong = true;
      else decoded += String.fromCodePoint(codePoint(run, at, length));
      at += length;
    }
    return decoded;
  });
  return wrong ? undefined : text;
}

/** Offset of the first byte that is no UTF-8, from an offset on; undefined when all of it is. */
export function badOffset(bytes: Bytes, from = 0): number | undefined {
  let at = from;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return undefined;
}

/** A byte string for display: UTF-8 as text, every other byte and every control character as `\xNN`. */
export function shown(bytes: Bytes): string {
  return spelled(bytes, (text) => text.replace(controls, (character) => hex(character.charCodeAt(0))));
}

/** Text of a program's output: UTF-8 as text, every other byte as `\xNN`, control characters kept. */
export function decoded(bytes: Bytes): string {
  return spelled(bytes, (text) => text);
}

function spelled(bytes: Bytes, spell: (text: string) => string): string {
  const whole = fromBytes(bytes);
  if (whole !== undefined) return spell(whole);
  let all = '';
  let at = 0;
  while (at < bytes.length) {
    const bad = badOffset(bytes, at);
    const end = bad ?? bytes.length;
    all += spell(fromBytes(bytes.slice(at, end)) ?? '');
    if (bad !== undefined) all += hex(bytes.charCodeAt(bad));
    at = end + 1;
  }
  return all;
}

function encoded(point: number): Bytes {
  if (point < 0x800) return String.fromCharCode(0xc0 | (point >> 6), tail(point));
  if (point >= 0xd800 && point < 0xe000) return encoded(0xfffd);
  if (point < 0x10000) return String.fromCharCode(0xe0 | (point >> 12), tail(point >> 6), tail(point));
  return String.fromCharCode(0xf0 | (point >> 18), tail(point >> 12), tail(point >> 6), tail(point));
}

function tail(bits: number): number {
  return 0x80 | (bits & 0x3f);
}

/** Of a sequence that is known to be right. */
function codePoint(bytes: Bytes, at: number, length: number): number {
  let point = bytes.charCodeAt(at) & (0xff >> (length + 1));
  for (let next = at + 1; next < at + length; next += 1) point = (point << 6) | (bytes.charCodeAt(next) & 0x3f);
  return point;
}

/** Length of the UTF-8 sequence at an offset; 0 when there is none (overlong forms and surrogates are none). */
function sequenceLength(bytes: Bytes, at: number): number {
  const first = bytes.charCodeAt(at);
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const second = bytes.charCodeAt(at + 1);
  const lowest = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const highest = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  // Past the end there is NaN, which is in no range.
  if (!(second >= lowest && second <= highest)) return 0;
  for (let next = at + 2; next < at + length; next += 1) if ((bytes.charCodeAt(next) & 0xc0) !== 0x80) return 0;
  return length;
}

function hex(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const controls = /[\u0000-\u001f\u007f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range starts at the first character there is
const beyondAscii = /[^\u0000-\u007f]+/g;
