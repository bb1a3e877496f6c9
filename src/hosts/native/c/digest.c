#include "digest.h"

#include <stdint.h>
#include <string.h>

enum { block_size = 64, length_size = 8, words = 8 };

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t rotated(uint32_t word, int by) {
  return word >> by | word << (32 - by);
}

/** The sixteen words of a block, and those that follow from them. */
static void expand(const unsigned char* block, uint32_t schedule[64]) {
  for (int at = 0; at < 16; at++) {
    const unsigned char* byte = block + 4 * at;
    schedule[at] = (uint32_t)byte[0] << 24 | (uint32_t)byte[1] << 16 | (uint32_t)byte[2] << 8 | byte[3];
  }
  for (int at = 16; at < 64; at++) {
    const uint32_t early = schedule[at - 15], late = schedule[at - 2];
    schedule[at] = schedule[at - 16] + (rotated(early, 7) ^ rotated(early, 18) ^ early >> 3) + schedule[at - 7] +
                   (rotated(late, 17) ^ rotated(late, 19) ^ late >> 10);
  }
}

static void add_block(uint32_t state[words], const unsigned char* block) {
  uint32_t schedule[64], now[words];
  expand(block, schedule);
  memcpy(now, state, sizeof now);
  for (int at = 0; at < 64; at++) {
    const uint32_t a = now[0], e = now[4];
    const uint32_t chosen = (e & now[5]) ^ (~e & now[6]);
    const uint32_t most = (a & now[1]) ^ (a & now[2]) ^ (now[1] & now[2]);
    const uint32_t first =
        now[7] + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + chosen + constants[at] + schedule[at];
    const uint32_t second = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + most;
    memmove(now + 1, now, (words - 1) * sizeof *now);
    now[4] += first;
    now[0] = first + second;
  }
  for (int at = 0; at < words; at++)
    state[at] += now[at];
}

/** What is left of the bytes, a bit, zeros, and how many bits there were: one block or two. */
static void add_end(uint32_t state[words], const unsigned char* rest, size_t left, size_t length) {
  unsigned char end[2 * block_size] = {0};
  const size_t size = left + 1 + length_size <= block_size ? block_size : sizeof end;
  if (left > 0)
    memcpy(end, rest, left);
  end[left] = 0x80;
  const uint64_t bits = (uint64_t)length * 8;
  for (int at = 0; at < length_size; at++)
    end[size - 1 - (size_t)at] = (unsigned char)(bits >> (8 * at));
  for (size_t at = 0; at < size; at += block_size)
    add_block(state, end + at);
}

void digest_text(const void* bytes, size_t length, char digits[digest_digits + 1]) {
  uint32_t state[words] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                           0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  const unsigned char* next = bytes;
  size_t left = length;
  for (; left >= block_size; left -= block_size, next += block_size)
    add_block(state, next);
  add_end(state, next, left, length);
  for (int at = 0; at < digest_digits; at++)
    digits[at] = "0123456789abcdef"[state[at / 8] >> (28 - 4 * (at % 8)) & 15];
  digits[digest_digits] = '\0';
}
