import type { Bytes } from '../../common/bytes.ts';

/** What came back, and whether that is healthy. */
export interface Judged {
  readonly healthy: boolean;
  /** Goes on after what was asked. */
  readonly words: string;
}

/** A request that every server understands, and that lets it close the connection. */
export function renderRequest(path: string, host: string): string {
  return `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: s2i-python-healthcheck\r\nAccept: */*\r\nConnection: close\r\n\r\n`;
}

/** Judges an answer by its first line. Redirections are healthy and not followed. */
export function judgeAnswer(answer: Bytes, host: string): Judged {
  if (answer === '') return unhealthy('the connection was closed without an answer');
  const [, status = '', reason = ''] = /^HTTP\/[0-9](?:\.[0-9])? ([1-9][0-9]{2})(?![0-9])(?: ([^\r\n]*))?/.exec(answer) ?? [];
  const said = `${status} ${reason}`.trim();
  if (/^[23]/.test(status)) return { healthy: true, words: printable(said) };
  if (status === '400')
    return unhealthy(`${printable(said)}; it may not know the host ${host}, and S2I_HEALTH_HOST names another`);
  if (status !== '') return unhealthy(printable(said));
  // An alert, or a handshake: the two records that can come first.
  if (answer.startsWith('\x15\x03') || answer.startsWith('\x16\x03')) {
    return unhealthy('it speaks TLS, which is not spoken here; without S2I_HEALTH_PATH a connection is enough');
  }
  return unhealthy(`the answer is no HTTP: "${printable(answer.slice(0, 60))}"`);
}

function unhealthy(words: string): Judged {
  return { healthy: false, words };
}

function printable(bytes: Bytes): string {
  return bytes.slice(0, 100).replace(/[^ -~]/g, (one) => `\\x${one.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
