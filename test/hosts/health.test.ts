import { describe, expect, test } from 'vitest';
import { addressIn, parseAddress } from '../../src/hosts/native/health/address.ts';
import { judgeAnswer, renderRequest } from '../../src/hosts/native/health/answer.ts';
import { listeningPorts } from '../../src/hosts/native/health/listeners.ts';
import { listeningAddress } from '../../src/hosts/native/health/listening.ts';
import { readSettings } from '../../src/inspect/settings/read.ts';
import { program, readerOf, type Scene } from '../run/decide.ts';

const loopback = ['127.0.0.1', '::1'];

describe('an address', () => {
  test.each([
    ['8080', { port: 8080, hosts: loopback }],
    [':8080', { port: 8080, hosts: loopback }],
    ['0.0.0.0:8080', { port: 8080, hosts: loopback }],
    ['[::]:8080', { port: 8080, hosts: loopback }],
    ['*:8080', { port: 8080, hosts: loopback }],
    ['localhost:8080', { port: 8080, hosts: loopback }],
    ['127.0.0.2:8080', { port: 8080, hosts: ['127.0.0.2'] }],
    ['[fe80::1]:8080', { port: 8080, hosts: ['fe80::1'] }],
    ['tcp://0.0.0.0:8080', { port: 8080, hosts: loopback }],
    ['unix:/run/app.sock', { socket: '/run/app.sock' }],
    ['unix:///run/app.sock', { socket: '/run/app.sock' }],
    ['/run/app.sock', { socket: '/run/app.sock' }],
    ['0', undefined],
    ['65536', undefined],
    ['http', undefined],
    ['', undefined],
    ['fd://3', undefined],
  ])('%j', (text, expected) => {
    expect(parseAddress(text)).toEqual(expected);
  });

  test.each([
    [['gunicorn', 'wsgi', '--bind=0.0.0.0:9000'], 9000],
    [['gunicorn', '-b', ':9001', 'wsgi'], 9001],
    [['gunicorn', '-b:9002', 'wsgi'], 9002],
    [['gunicorn', '-p', '/run/pid', '--bind', ':9003'], 9003],
    [['uvicorn', 'app:app', '--host', '0.0.0.0', '--port', '9004'], 9004],
    [['daphne', '-p', '9005', 'app'], 9005],
    [['waitress-serve', '--listen=*:9006', 'app'], 9006],
    [['uwsgi', '--http', ':9007'], 9007],
    [['streamlit', 'run', 'a.py', '--server.port=9009'], 9009],
    [['streamlit', 'run', 'a.py', '--server.port', '9010'], 9010],
    [['python', 'manage.py', 'runserver', '0.0.0.0:9008'], 9008],
    [['python', 'app.py', 'x:9'], undefined],
    [['gunicorn', '--bind'], undefined],
  ])('among the words %j', (words, port) => {
    const address = addressIn(words);
    expect(address !== undefined && 'port' in address ? address.port : undefined).toBe(port);
  });
});

describe('where the application listens', () => {
  const port = (scene: Scene) => {
    const reader = readerOf(scene);
    const address = listeningAddress(reader, readSettings(reader.environment, 'run'));
    return 'port' in address ? address.port : address.socket;
  };
  const page = { 'app.py': 'import streamlit\n', '/opt/app-root/bin/streamlit': program() };
  const streamlit = { APP_SERVER: 'streamlit', APP_FILE: 'app.py' };
  const configured = { ...page, '.streamlit/config.toml': '[server]\nport = 9001\n' };
  const user = { ...page, '/home/x/.streamlit/config.toml': '[server]\nport = 9002\n' };

  test.each([
    ['PORT', page, { PORT: '9000' }, 9000],
    ['nothing', page, {}, 8080],
    ['config.toml', configured, {}, 9001],
    ['config.toml of the user', user, { HOME: '/home/x' }, 9002],
    ['PORT, which comes before config.toml', configured, { PORT: '9000' }, 9000],
    ['its variable, which comes before all', configured, { PORT: '9000', STREAMLIT_SERVER_PORT: '9003' }, 9003],
  ])('Streamlit, by %s', (_what, files, environment, expected) => {
    expect(port({ files, environment: { ...streamlit, ...environment } })).toBe(expected);
  });

  const wsgi = { 'wsgi.py': 'application = 1\n', 'own.py': 'bind = ":9001"\n', 'gunicorn.conf.py': 'bind = ":9002"\n' };
  test.each([
    ['our own --bind, which comes before gunicorn.conf.py', {}, 8080],
    ['the file that APP_CONFIG names', { APP_CONFIG: 'own.py' }, 9001],
    ['the file that GUNICORN_CMD_ARGS names', { GUNICORN_CMD_ARGS: '-cown.py' }, 9001],
    ['APP_CONFIG, which comes before that', { GUNICORN_CMD_ARGS: '--config=gunicorn.conf.py', APP_CONFIG: 'own.py' }, 9001],
    ['GUNICORN_CMD_ARGS without an address, then gunicorn.conf.py', { GUNICORN_CMD_ARGS: '--threads 2' }, 9002],
    ['arguments, which come before files', { GUNICORN_CMD_ARGS: '-b :9003', APP_CONFIG: 'own.py' }, 9003],
  ])('gunicorn, by %s', (_what, environment, expected) => {
    expect(port({ files: wsgi, installed: { gunicorn: '27.0.1' }, environment })).toBe(expected);
  });

  test.each([
    ['web: gunicorn app', { PORT: '9000' }, 9000],
    ['web: gunicorn app', { GUNICORN_CMD_ARGS: '--bind :9001' }, 9001],
    ['web: uvicorn app:app --port $PORT', { UVICORN_PORT: '9001' }, 8080],
    ['web: uvicorn app:app', { UVICORN_PORT: '9001' }, 9001],
    ['web: python -m uvicorn app:app', { UVICORN_PORT: '9001' }, 9001],
    ['web: flask run', { FLASK_RUN_PORT: '9001' }, 9001],
    [`web: wait-for --port 5432 && exec gunicorn app --bind "0.0.0.0:\${PORT:-9001}"`, {}, 8080],
    [`web: cd src; gunicorn app --bind 0.0.0.0:\${OWN:-9001}`, {}, 9001],
    ['web: cd src; gunicorn app --bind 0.0.0.0:$OWN', { OWN: '9002' }, 9002],
    ['web: ./start.sh | cat', {}, 8080],
  ])('Procfile, %s with %j', (line, environment, expected) => {
    expect(port({ files: { Procfile: `${line}\n` }, environment })).toBe(expected);
  });

  test("uvicorn's own variable does not count where our command says the port", () => {
    const files = { 'asgi.py': 'application = 1\n' };
    const environment = { APP_MODULE: 'asgi', UVICORN_PORT: '9001' };
    expect(port({ files, installed: { uvicorn: '0.54.0' }, environment })).toBe(8080);
  });

  test("Gradio's own variable counts, for a script that is run as it is too", () => {
    const files = { 'app.py': 'import gradio\n', '/opt/app-root/bin/gradio': program() };
    expect(port({ files, environment: { APP_FILE: 'app.py', GRADIO_SERVER_PORT: '9001' } })).toBe(9001);
    expect(port({ files: { 'app.py': 'pass\n' }, environment: { APP_FILE: 'app.py', GRADIO_SERVER_PORT: '9001' } })).toBe(8080);
  });
});

describe('an answer', () => {
  test.each([
    ['HTTP/1.1 200 OK\r\n', true, '200 OK'],
    ['HTTP/1.0 204\r\n', true, '204'],
    ['HTTP/1.1 302 Found\r\nLocation: /', true, '302 Found'],
    ['HTTP/2 200 \r\n', true, '200'],
    ['HTTP/1.1 404 Not Found\r\n', false, '404 Not Found'],
    ['HTTP/1.1 503 Service Unavailable\r\n', false, '503 Service Unavailable'],
    ['HTTP/1.1 103 Early Hints\r\n', false, '103 Early Hints'],
    [
      'HTTP/1.1 400 Bad Request\r\n',
      false,
      '400 Bad Request; it may not know the host localhost, and S2I_HEALTH_HOST names another',
    ],
    ['HTTP/1.1 200', true, '200'],
    ['HTTP/1.1 20', false, 'the answer is no HTTP: "HTTP/1.1 20"'],
    ['HTTP/1.1 2000 OK\r\n', false, 'the answer is no HTTP: "HTTP/1.1 2000 OK\\x0d\\x0a"'],
    ['', false, 'the connection was closed without an answer'],
    ['220 mail ESMTP\r\n', false, 'the answer is no HTTP: "220 mail ESMTP\\x0d\\x0a"'],
    ['\x15\x03\x01\0\x02\x02F', false, 'it speaks TLS, which is not spoken here; without S2I_HEALTH_PATH a connection is enough'],
    ['HTTP/1.1 500 \x1b[31m\xff\r\n', false, '500 \\x1b[31m\\xff'],
  ])('%j', (bytes, healthy, words) => {
    expect(judgeAnswer(bytes, 'localhost')).toEqual({ healthy, words });
  });

  test('of a long line is cut', () => {
    expect(judgeAnswer(`HTTP/1.1 500 ${'x'.repeat(1000)}`, 'localhost').words.length).toBeLessThan(120);
  });

  test('is asked for with the host', () => {
    expect(renderRequest('/healthz', 'a.example').split('\r\n').slice(0, 2)).toEqual([
      'GET /healthz HTTP/1.1',
      'Host: a.example',
    ]);
  });
});

test('ports on which something listens are those of both families, each once', () => {
  const head = '  sl  local_address rem_address   st\n';
  const texts: Readonly<Record<string, string>> = {
    '/proc/net/tcp': `${head}   0: 00000000:2382 00000000:0000 0A 00000000:00000000\n   1: 0100007F:1F90 0100007F:CAFE 01 00000000\n`,
    '/proc/net/tcp6': `${head}   0: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A 0\n   1: 00000000000000000000000000000000:2382 00000000000000000000000000000000:0000 0A 0\n`,
  };
  const readText = (path: string) => ({ ok: true, text: texts[path] ?? '', bom: false }) as const;
  expect(listeningPorts({ readText })).toEqual([8080, 9090]);
});
