import { connect } from 'node:net';

/**
 * Sends a short message over a WebSocket and gives the short message that comes back (RFC 6455). Node's own client asks for
 * compression and refuses hypercorn's answer to that.
 */
export function shout(port: number, path: string, message: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let received = Buffer.alloc(0);
  let asked = false;
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`${path}: closed after ${JSON.stringify(received.toString('latin1'))}`)));
    socket.on('data', (bytes) => {
      received = Buffer.concat([received, bytes]);
      const end = received.indexOf('\r\n\r\n');
      if (end < 0) return;
      if (!asked) socket.write(frame(message));
      asked = true;
      const text = textIn(received.subarray(end + 4));
      if (text === undefined) return;
      resolve(text);
      socket.destroy();
    });
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    );
  });
}

/** A text frame of a client, masked with zeros. */
function frame(message: string): Buffer {
  const payload = Buffer.from(message);
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

/** The payload of a whole text frame of a server. */
function textIn(bytes: Buffer): string | undefined {
  const length = bytes[1];
  if (length === undefined || bytes.length < 2 + length) return undefined;
  return bytes.subarray(2, 2 + length).toString();
}
