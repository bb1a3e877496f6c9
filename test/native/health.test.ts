import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { repository } from '../engine/support/places.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { describeNative, nativePrograms } from './support/native.ts';

interface Checked {
  readonly status: number;
  readonly said: string;
}

type Variables = Readonly<Record<string, string>>;

/** Runs it beside this process, whose servers have to answer meanwhile. */
function healthcheck(words: readonly string[], environment: Variables = {}, directory = '/'): Promise<Checked> {
  const options = { env: { PATH: '/usr/bin:/bin', ...environment }, cwd: directory, encoding: 'utf8' } as const;
  return new Promise((resolve) => {
    execFile(nativePrograms().program, ['healthcheck', ...words], options, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code), said: stdout + stderr });
    });
  });
}

/** A server on loopback, or on a socket, that treats every connection alike. */
async function serve(take: (socket: Socket, request: string) => void, at: string | undefined = undefined): Promise<number> {
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => {});
    socket.once('data', (request) => take(socket, request.toString('latin1')));
  });
  await new Promise<void>((resolve) => (at === undefined ? server.listen(0, '127.0.0.1', resolve) : server.listen(at, resolve)));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const answering = (text: string) => (socket: Socket) => void socket.end(text);
const PAGE = { S2I_HEALTH_PATH: '/healthz?key=s3cret' };

describeNative('healthcheck', () => {
  test.each([
    ['HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', 0, 'OK: GET /healthz on port PORT: 200 OK'],
    ['HTTP/1.0 302 Found\r\nLocation: /login\r\n\r\n', 0, 'OK: GET /healthz on port PORT: 302 Found'],
    ['HTTP/1.1 503 Service Unavailable\r\n\r\n', 1, 'ERROR: GET /healthz on port PORT: 503 Service Unavailable.'],
    ['', 1, 'ERROR: GET /healthz on port PORT: the connection was closed without an answer.'],
    ['\0\0\x12\x04', 1, 'ERROR: GET /healthz on port PORT: the answer is no HTTP: "\\x00\\x00\\x12\\x04".'],
    ['y'.repeat(3_000_000), 1, `ERROR: GET /healthz on port PORT: the answer is no HTTP: "${'y'.repeat(60)}".`],
  ])('an answer of %j', async (text, status, line) => {
    const port = await serve(answering(text));
    const checked = await healthcheck([String(port)], PAGE);
    expect(checked).toEqual({ status, said: `${line.replace('PORT', String(port))}\n` });
  });

  test('an answer that never ends is judged by its first line', async () => {
    const port = await serve((socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata'));
    expect((await healthcheck([String(port)], PAGE)).status).toBe(0);
  });

  test('one that does not come, or drop by drop, is waited for as long as S2I_HEALTH_TIMEOUT says', async () => {
    const silent = await serve(() => {});
    const environment = { ...PAGE, S2I_HEALTH_TIMEOUT: '1' };
    expect(await healthcheck([String(silent)], environment)).toEqual({
      status: 1,
      said: `ERROR: port ${silent} did not answer within 1 s.\n`,
    });
    const slow = await serve((socket) => {
      const timer = setInterval(() => socket.write('H'), 100);
      socket.on('close', () => clearInterval(timer));
    });
    expect((await healthcheck([String(slow)], environment)).said).toContain('did not answer within 1 s');
  });

  test('a connection that is reset', async () => {
    const port = await serve((socket) => void socket.resetAndDestroy());
    const { status, said } = await healthcheck([String(port)], PAGE);
    expect({ status, said }).toEqual({ status: 1, said: `ERROR: port ${port} closed the connection without an answer.\n` });
  });

  test('the host is localhost, or what S2I_HEALTH_HOST says, as Django looks at it', async () => {
    const port = await serve((socket, request) => {
      socket.end(/^Host: www\.example\.com\r$/m.test(request) ? 'HTTP/1.1 200 OK\r\n\r\n' : 'HTTP/1.1 400 Bad Request\r\n\r\n');
    });
    const { status, said } = await healthcheck([String(port)], PAGE);
    expect(status).toBe(1);
    expect(said).toContain('400 Bad Request; it may not know the host localhost, and S2I_HEALTH_HOST names another.');
    expect((await healthcheck([String(port)], { ...PAGE, S2I_HEALTH_HOST: 'www.example.com' })).status).toBe(0);
  });

  test('a socket is asked too', async () => {
    const path = join(temporaryDirectory(), 'app.sock');
    await serve(answering('HTTP/1.1 200 OK\r\n\r\n'), path);
    expect(await healthcheck([`unix:${path}`], PAGE)).toEqual({
      status: 0,
      said: `OK: GET /healthz on socket ${path}: 200 OK\n`,
    });
    expect(await healthcheck([path])).toEqual({ status: 0, said: `OK: socket ${path} accepts connections\n` });
    const { status, said } = await healthcheck([`unix:${path}.gone`]);
    expect(status).toBe(1);
    expect(said).toContain('(ENOENT)');
  });

  test('where nobody listens, who does is said', async () => {
    const port = await serve(answering(''));
    const { status, said } = await healthcheck(['1']);
    expect(status).toBe(1);
    expect(said).toMatch(
      /^ERROR: nothing accepts connections on port 1 \(ECONNREFUSED\)\. Something listens on [0-9, ]+: give the port, as in healthcheck [0-9]+\.\n$/,
    );
    expect(said).toContain(String(port));
  });

  test.each([
    [{ S2I_HEALTH_PATH: 'healthz' }, 'S2I_HEALTH_PATH has a value that cannot be used: "healthz"'],
    [{ S2I_HEALTH_PATH: '/a b' }, 'a path that begins with / and has no spaces'],
    [{ S2I_HEALTH_PATH: '/a\r\nX: y' }, 'S2I_HEALTH_PATH'],
    [{ S2I_HEALTH_HOST: 'a\r\nb' }, 'S2I_HEALTH_HOST'],
    [{ S2I_HEALTH_TIMEOUT: '0' }, 'a whole number from 1 to 300'],
    [{ PORT: 'http' }, 'PORT has a value that cannot be used: "http"'],
  ])('%j cannot be used', async (environment, words) => {
    const { status, said } = await healthcheck([], environment);
    expect(status).toBe(1);
    expect(said).toContain(words);
    expect(said).toMatch(/^ERROR: /);
  });

  test('an argument that is no port', async () => {
    expect(await healthcheck(['http'])).toMatchObject({ status: 1 });
  });
});

/** An application as it stands in an image, with the programs of servers that nobody starts here. */
function laid(files: Readonly<Record<string, string>>): {
  readonly APP_ROOT: string;
  readonly PATH: string;
  readonly home: string;
} {
  const root = temporaryDirectory();
  const all = { 'src/.keep': '', 'bin/gunicorn': '#!/bin/sh\n', ...files };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
    chmodSync(join(root, name), 0o755);
  }
  return { APP_ROOT: root, PATH: `${root}/bin:/usr/bin:/bin`, home: join(root, 'src') };
}

describeNative('healthcheck asks where the start command listens', () => {
  const wsgi = { 'src/wsgi.py': 'application = None\n' };
  test.each([
    ['PORT', wsgi, { PORT: '@' }],
    ['GUNICORN_CMD_ARGS', wsgi, { PORT: '1', GUNICORN_CMD_ARGS: '--bind=127.0.0.1:@ --threads 2' }],
    ['a file that APP_CONFIG names', { ...wsgi, 'src/conf.py': 'import os\nbind = "0.0.0.0:@"\n' }, { APP_CONFIG: 'conf.py' }],
    ['gunicorn.conf.py', { 'src/gunicorn.conf.py': "wsgi_app = 'wsgi'\nbind = ['127.0.0.1:@']\n" }, {}],
    ['Procfile', { 'src/Procfile': 'web: gunicorn -b 127.0.0.1:@ wsgi\n' }, {}],
    [
      'config.toml of Streamlit',
      { 'src/.streamlit/config.toml': '[server]\nport = @\n', 'src/app.py': '', 'bin/streamlit': '#!/bin/sh\n' },
      { APP_SERVER: 'streamlit', APP_FILE: 'app.py' },
    ],
    ['a variable of the server', { 'src/Procfile': 'web: uvicorn app:app\n' }, { PORT: '1', UVICORN_PORT: '@' }],
    ['a variable in Procfile', { 'src/Procfile': 'web: gunicorn -b 127.0.0.1:$OWN_PORT wsgi\n' }, { OWN_PORT: '@' }],
  ])('by %s', async (_what, files, variables) => {
    const port = await serve(answering(''));
    const filled = (all: Readonly<Record<string, string | undefined>>) =>
      Object.fromEntries(Object.entries(all).map(([name, text = '']) => [name, text.replace('@', String(port))]));
    const { home, ...image } = laid(filled(files));
    expect(await healthcheck([], { ...image, ...filled(variables) }, home)).toEqual({
      status: 0,
      said: `OK: port ${port} accepts connections\n`,
    });
  });
});

const EXAMPLES = [...readFileSync(join(repository, 'docs/health.md'), 'utf8').matchAll(/<!-- run -->\n```(\w+)\n([\s\S]*?)```/g)];

describeNative('the examples of docs/health.md', () => {
  test('are two', () => expect(EXAMPLES.length).toBe(2));

  test.each(EXAMPLES.map(([, language = '', text = '']) => [language, text] as const))('%s', async (_language, text) => {
    const commands = [...text.matchAll(/(?:CMD|command:) (\[.*\])/g)].map(([, words = '[]']) => JSON.parse(words) as string[]);
    const variables = [...text.matchAll(/ENV (\w+)=(\S+)|- name: (S2I_\w+)\n\s+value: "?([^"\n]+)/g)];
    const environment = Object.fromEntries(variables.map(([, a, b, c, d]) => [a ?? c ?? '', b ?? d ?? '']));
    expect(commands.length).toBeGreaterThan(0);
    const port = await serve((socket, request) => {
      socket.end(request.startsWith('GET /healthz ') ? 'HTTP/1.1 200 OK\r\n\r\n' : 'HTTP/1.1 404 Not Found\r\n\r\n');
    });
    for (const [program = '', ...words] of commands) {
      expect(program).toBe('/usr/libexec/s2i/healthcheck');
      const checked = await healthcheck(words, { ...environment, PORT: String(port) });
      expect(checked).toEqual({ status: 0, said: `OK: GET /healthz on port ${port}: 200 OK\n` });
    }
  });
});
