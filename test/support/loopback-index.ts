import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Distribution } from './packages.ts';

export interface IndexOptions {
  /** Only who gives these gets an answer. As plain text, not percent-encoded. */
  readonly credentials?: { readonly user: string; readonly password: string };
  /** A certificate for 127.0.0.1 and its key, in PEM: the index is then served over HTTPS. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Other things to answer, by path without query. */
  readonly pages?: Readonly<Record<string, string>>;
  /** Names of packages that are asked for in vain: the answer never comes. */
  readonly silent?: readonly string[];
}

export interface LoopbackIndex {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Address of the index, without credentials. */
  readonly url: string;
  /** Address of the index with credentials as they stand in a URL (percent-encoded already). */
  readonly urlWith: (userInfo: string) => string;
  /** `METHOD /path status`, in order. */
  readonly requests: readonly string[];
  /** Forgets the requests so far. */
  readonly forget: () => void;
  readonly close: () => Promise<void>;
}

/** A package index (PEP 503) on loopback that offers some distributions. */
export async function startIndex(offered: readonly Distribution[], options: IndexOptions = {}): Promise<LoopbackIndex> {
  const requests: string[] = [];
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    if (options.silent?.includes((request.url ?? '').split('/')[2] ?? '') === true) {
      requests.push(`${request.method} ${request.url} -`);
      return;
    }
    const status = answer(request, response, offered, options);
    requests.push(`${request.method} ${request.url} ${status}`);
  };
  const server = options.tls === undefined ? createHttpServer(handle) : createHttpsServer(options.tls, handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const scheme = options.tls === undefined ? 'http' : 'https';
  return {
    origin: `${scheme}://127.0.0.1:${port}`,
    url: `${scheme}://127.0.0.1:${port}/simple`,
    urlWith: (userInfo) => `${scheme}://${userInfo}@127.0.0.1:${port}/simple`,
    requests,
    forget: () => requests.splice(0),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  offered: readonly Distribution[],
  { credentials, pages = {} }: IndexOptions,
): number {
  if (credentials !== undefined && request.headers.authorization !== authorization(credentials)) {
    return send(response, 401, '<h1>Unauthorized</h1>', { 'www-authenticate': 'Basic realm="index"' });
  }
  const [, folder = '', name = ''] = (request.url ?? '/').split('/');
  const found = offered.find(({ file }) => folder === 'files' && file === name);
  if (found !== undefined) return send(response, 200, found.bytes, { 'content-type': 'application/octet-stream' });
  const page = pages[(request.url ?? '/').replace(/\?.*/, '')];
  if (page !== undefined) return send(response, 200, page, { 'content-type': 'text/plain' });
  const matching = offered.filter((one) => folder === 'simple' && normalised(one.name) === normalised(name));
  if (matching.length === 0) return send(response, 404, '<h1>Not Found</h1>', {});
  const links = matching.map(({ file, sha256 }) => `<a href="/files/${file}#sha256=${sha256}">${file}</a>`);
  return send(response, 200, `<!DOCTYPE html><html><body>${links.join('\n')}</body></html>`, {});
}

function send(
  response: ServerResponse,
  status: number,
  body: string | Buffer,
  headers: Readonly<Record<string, string>>,
): number {
  response.writeHead(status, { 'content-type': 'text/html', ...headers });
  response.end(body);
  return status;
}

function authorization({ user, password }: { readonly user: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function normalised(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
