import { sha256 as digest } from '@noble/hashes/sha2.js';
import * as posix from 'posix';

/** Hexadecimal SHA-256 of the UTF-8 form of a text. */
export function sha256(text: string): string {
  const bytes = posix.toBytes(text);
  const array = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at += 1) array[at] = bytes.charCodeAt(at);
  return Array.from(digest(array), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
