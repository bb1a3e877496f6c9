import { sha256 as digest } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** Hexadecimal SHA-256 of the UTF-8 form of a text. A library, because loading node:crypto takes 4 ms. */
export function sha256(text: string): string {
  return bytesToHex(digest(Buffer.from(text, 'utf8')));
}
