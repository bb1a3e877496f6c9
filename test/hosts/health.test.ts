import { describe, expect, test } from 'vitest';
import { addressIn, parseAddress } from '../../src/hosts/native/health/address.ts';
import { judgeAnswer, renderRequest } from '../../src/hosts/native/health/answer.ts';
import { listeningPorts } from '../../src/hosts/native/health/listeners.ts';

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
    [['python', 'manage.py', 'runserver', '0.0.0.0:9008'], 9008],
    [['python', 'app.py', 'x:9'], undefined],
    [['gunicorn', '--bind'], undefined],
  ])('among the words %j', (words, port) => {
    const address = addressIn(words);
    expect(address !== undefined && 'port' in address ? address.port : undefined).toBe(port);
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
