import { isUtf8 } from 'node:buffer';

/**
 * A byte string: one code unit (0 to 255) per byte. Names, environment entries and output of programs are bytes, and
 * this form can be compared, split, searched and used as a key without decoding anything.
 */
export type Bytes = string;

/** The UTF-8 form of a text, as a byte string. */
export function toBytes(text: string): Bytes {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** The text of a byte string; undefined when it is no UTF-8. */
export function fromBytes(bytes: Bytes): string | undefined {
  if (isAscii(bytes)) return bytes;
  const buffer = bufferOf(bytes);
  return isUtf8(buffer) ? buffer.toString('utf8') : undefined;
}

/** The buffer that holds exactly the bytes. */
export function bufferOf(bytes: Bytes): Buffer {
  return Buffer.from(bytes, 'latin1');
}

/** What a file system call takes for a path: plain text where that means the same bytes, because it is faster. */
export function pathOf(bytes: Bytes): string | Buffer {
  return isAscii(bytes) ? bytes : bufferOf(bytes);
}

/** A byte string for display: UTF-8 as text, every other byte and every control character as `\xNN`. */
export function shown(bytes: Bytes): string {
  const escaped = (text: string) => text.replace(controls, (character) => hex(character.charCodeAt(0)));
  const whole = fromBytes(bytes);
  if (whole !== undefined) return escaped(whole);
  return pieces(bytes)
    .map((piece) => (piece.text === undefined ? hex(piece.byte) : escaped(piece.text)))
    .join('');
}

/** Text of a program's output: UTF-8 as text, every other byte as `\xNN`, control characters kept. */
export function decoded(bytes: Bytes): string {
  return (
    fromBytes(bytes) ??
    pieces(bytes)
      .map((piece) => piece.text ?? hex(piece.byte))
      .join('')
  );
}

/** Offset of the first byte that is no UTF-8; undefined when all of it is. */
export function badOffset(bytes: Buffer): number | undefined {
  if (isUtf8(bytes)) return undefined;
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return undefined;
}

type Piece = { readonly text: string } | { readonly text?: undefined; readonly byte: number };

function pieces(bytes: Bytes): Piece[] {
  const buffer = bufferOf(bytes);
  const found: Piece[] = [];
  let at = 0;
  while (at < buffer.length) {
    const bad = badOffset(buffer.subarray(at));
    const end = bad === undefined ? buffer.length : at + bad;
    if (end > at) found.push({ text: buffer.toString('utf8', at, end) });
    if (bad !== undefined) found.push({ byte: buffer[end] ?? 0 });
    at = end + 1;
  }
  return found;
}

/** Length of the UTF-8 sequence at an offset; 0 when there is none (overlong forms and surrogates are none). */
function sequenceLength(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  return length > 0 && at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}

function isAscii(bytes: Bytes): boolean {
  return !beyondAscii.test(bytes);
}

function hex(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const controls = /[\u0000-\u001f\u007f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range starts at the first character there is
const beyondAscii = /[^\u0000-\u007f]/;
