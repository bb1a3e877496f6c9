import { crc32 } from 'node:zlib';

/** A zip archive without compression; every time in it is the first of 1980, so that the same files give the same bytes. */
export function writeZip(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text);
    const path = Buffer.from(name);
    const shared = entry(content, path);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, Buffer.alloc(2), path, content]);
    directory.push(centralEntry(shared, path, offset));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

/** From "version needed" to the length of the name: the same in both headers of an entry. */
function entry(content: Buffer, path: Buffer): Buffer {
  const fields = Buffer.alloc(24);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(0x21, 8);
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(content.length, 14);
  fields.writeUInt32LE(content.length, 18);
  fields.writeUInt16LE(path.length, 22);
  return fields;
}

function centralEntry(shared: Buffer, path: Buffer, offset: number): Buffer {
  const rest = Buffer.alloc(16);
  // A regular file, rw-r--r--.
  rest.writeUInt32LE((0o100644 << 16) >>> 0, 8);
  rest.writeUInt32LE(offset, 12);
  const madeByUnix = Buffer.from([20, 3]);
  return Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), madeByUnix, shared, rest, path]);
}
