import { writeSync } from 'node:fs';
import type { Output } from '../common/log.ts';
import { bufferOf } from './bytes.ts';

/**
 * Writes everything to a descriptor, waiting where it is full. `process.stdout` is never used: Node makes a pipe
 * non-blocking as soon as it is looked at, and the server that is started afterwards would lose its output.
 */
export function writeAll(descriptor: 1 | 2, bytes: Uint8Array): void {
  let at = 0;
  let pause = 1;
  while (at < bytes.length && !gone[descriptor]) {
    try {
      at += writeSync(descriptor, bytes, at);
      pause = 1;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code !== 'EAGAIN' && code !== 'EINTR') {
        // Nobody reads any more (EPIPE), or the log's disk is full: the work itself is not worth less for it.
        gone[descriptor] = true;
      } else {
        // Whoever started us made the descriptor non-blocking and reads slowly.
        Atomics.wait(never, 0, 0, pause);
        pause = Math.min(pause * 2, 50);
      }
    }
  }
}

export function writeText(descriptor: 1 | 2, text: string): void {
  writeAll(descriptor, Buffer.from(text, 'utf8'));
}

/** Where the log of a hook goes. */
export const standardOutput: Output = {
  text: writeText,
  bytes: (descriptor, bytes) => writeAll(descriptor, bufferOf(bytes)),
};

const gone: Record<1 | 2, boolean> = { 1: false, 2: false };
const never = new Int32Array(new SharedArrayBuffer(4));
