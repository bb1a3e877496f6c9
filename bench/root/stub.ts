/** Exit status of the stub: nothing else in a hook ends with it, so it proves that the hand-over took place. */
export const reached = 42;

/** System call `exit(42)` as machine code, and the number ELF gives the machine. */
const machines: Readonly<Record<string, { readonly number: number; readonly code: readonly number[] }>> = {
  x64: { number: 62, code: [0xb8, 60, 0, 0, 0, 0xbf, reached, 0, 0, 0, 0x0f, 0x05] },
  arm64: { number: 183, code: [0x40, 0x05, 0x80, 0xd2, 0xa8, 0x0b, 0x80, 0xd2, 0x01, 0, 0, 0xd4] },
};

const header = 64;
const segment = 56;
const base = 0x400000n;

/**
 * A static program that ends at once with the status `reached`: what is measured up to it is the hook and nothing else.
 * `architecture` is a value of `process.arch`; throws RangeError for one it has no code for.
 */
export function stubProgram(architecture: string): Buffer {
  const machine = machines[architecture];
  if (machine === undefined) throw new RangeError(`no stub for ${architecture}`);
  const size = header + segment + machine.code.length;
  const file = Buffer.alloc(size);
  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  file.writeUInt16LE(2, 16);
  file.writeUInt16LE(machine.number, 18);
  file.writeUInt32LE(1, 20);
  file.writeBigUInt64LE(base + BigInt(header + segment), 24);
  file.writeBigUInt64LE(BigInt(header), 32);
  file.writeUInt16LE(header, 52);
  file.writeUInt16LE(segment, 54);
  file.writeUInt16LE(1, 56);
  // One segment that is read and executed: the whole file.
  file.writeUInt32LE(1, header);
  file.writeUInt32LE(5, header + 4);
  file.writeBigUInt64LE(base, header + 16);
  file.writeBigUInt64LE(base, header + 24);
  file.writeBigUInt64LE(BigInt(size), header + 32);
  file.writeBigUInt64LE(BigInt(size), header + 40);
  file.writeBigUInt64LE(0x1000n, header + 48);
  file.set(machine.code, header + segment);
  return file;
}
