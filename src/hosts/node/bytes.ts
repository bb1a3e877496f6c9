import type { Bytes } from '../common/bytes.ts';

/** The buffer that holds exactly the bytes. */
export function bufferOf(bytes: Bytes): Buffer {
  return Buffer.from(bytes, 'latin1');
}

/** What a file system call takes for a path: plain text where that means the same bytes, because it is faster. */
export function pathOf(bytes: Bytes): string | Buffer {
  return beyondAscii.test(bytes) ? bufferOf(bytes) : bytes;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range starts at the first character there is
const beyondAscii = /[^\u0000-\u007f]/;
