import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256 } from '../../src/hosts/node/hash.ts';

function expected(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

test('the empty text has the digest that the standard gives', () => {
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test('every length around the ends of blocks', () => {
  for (let length = 0; length < 200; length += 1) {
    const text = 'abcdefg'.repeat(29).slice(0, length);
    expect(sha256(text), `${length} bytes`).toBe(expected(text));
  }
});

test.each(['\0', 'Grüße', '日本語', '🐍'.repeat(40), 'half of a pair: \ud83d', 'line\r\n'.repeat(30_000)])(
  'bytes of every value and long texts: %#',
  (text) => {
    expect(sha256(text)).toBe(expected(text));
  },
);
