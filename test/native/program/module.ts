import * as posix from 'posix';

/** What a call answers; the message where it throws. */
function answerTo(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : 'thrown';
  }
}

function written(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part)) ?? 'undefined';
}

type Row = readonly [name: string, call: () => unknown, expected: unknown];

/** A call that takes something else than it says, as no compiler would let it. */
function unchecked(name: string, ...given: readonly unknown[]): () => unknown {
  const calls = posix as unknown as Readonly<Record<string, (...given: readonly unknown[]) => unknown>>;
  return () => calls[name]?.(...given);
}

const notBytes = 'TypeError: not a byte string';
const hasNul = 'TypeError: a NUL in a byte string for the system';

function textRows(): readonly Row[] {
  return [
    ['ASCII', () => posix.toBytes('abc'), 'abc'],
    ['two, three and four bytes', () => posix.toBytes('é€🐍'), '\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d'],
    ['half a pair', () => posix.toBytes('a\ud800b\udc00'), 'a\xef\xbf\xbdb\xef\xbf\xbd'],
    ['NUL is text', () => posix.toBytes('a\0b'), 'a\0b'],
    ['and back', () => posix.fromBytes('\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d\0'), 'é€🐍\0'],
    ['a byte order mark stays', () => posix.fromBytes('\xef\xbb\xbfa'), '\ufeffa'],
    ['no UTF-8', () => posix.fromBytes('caf\xe9'), null],
    ['an overlong form', () => posix.fromBytes('\xc0\xaf'), null],
    ['a digest', () => posix.sha256('abc').slice(0, 16), 'ba7816bf8f01cfea'],
    ['where', () => [posix.badOffset('caf\xe9'), posix.badOffset('caf\xc3\xa9'), posix.badOffset('')], [3, -1, -1]],
    ['text is no bytes', () => posix.fromBytes('€'), notBytes],
    ['errors', () => [-2, 2, 95, -1234, 0].map(posix.errorName), ['ENOENT', 'ENOENT', 'ENOTSUP', 'E1234', 'E0']],
  ];
}

function conventionRows(folder: string): readonly Row[] {
  return [
    ['text as a path', () => posix.list('/€'), notBytes],
    ['a NUL in a path', () => posix.unlink(`${folder}/a\0b`), hasNul],
    ['a NUL in a second path', () => posix.rename(folder, 'a\0b'), hasNul],
    ['a number as a path', unchecked('status', 1, 0), notBytes],
    ['no argument', unchecked('readFile'), notBytes],
    ['no list', unchecked('scanTree', folder, 'needle'), 'TypeError: not a list of byte strings'],
    ['text in a list', () => posix.scanTree(folder, ['a', '€']), notBytes],
    ['a path that is none', () => posix.list(`${folder}/missing`), -2],
    ['times before 1970', () => posix.changeTimes(folder, -1n, -1_500_000_000n), 0],
    ['and read again', () => readTimes(folder), '-1n -1500000000n'],
  ];
}

function readTimes(path: string): unknown {
  const found = posix.status(path, 0);
  return typeof found === 'number' ? found : `${found.accessed}n ${found.modified}n`;
}

function fileRows(folder: string): readonly Row[] {
  const every = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)).join('');
  const odd = `${folder}/caf\xe9\n`;
  return [
    ['every byte', () => [posix.createFile(odd, every, 0o640), posix.readFile(odd, 256)], [0, every]],
    ['not twice', () => posix.createFile(odd, '', 0o600), -17],
    ['too long', () => posix.readFile(odd, 255), -27],
    ['a folder', () => posix.readFile(folder, 1), -21],
    ['a device', () => posix.readFile('/dev/null', 1), -95],
    ['names', () => posix.list(folder), ['caf\xe9\n']],
    ['its status', () => typeAndSize(odd), ['file', 0o640, 256]],
    ['a link', () => [posix.symbolicLink('\xff', `${folder}/l`), posix.readLink(`${folder}/l`)], [0, '\xff']],
    ['not followed', () => typeAndSize(`${folder}/l`), ['link', 0o777, 1]],
    ['followed', () => posix.status(`${folder}/l`, 1), -2],
    ['a copy', () => [posix.copyFile(odd, `${folder}/copy`), posix.readFile(`${folder}/copy`, 256)], [0, every]],
    ['a temporary folder', () => temporaryIn(folder), ['directory', 0o700]],
    ['a tree goes', () => posix.removeTree(folder).problems, []],
  ];
}

function typeAndSize(path: string): unknown {
  const found = posix.status(path, 0);
  return typeof found === 'number' ? found : [found.type, found.mode, found.size];
}

function temporaryIn(folder: string): unknown {
  const path = posix.makeTemporary(`${folder}/t-`);
  const found = typeof path === 'number' ? path : posix.status(path, 0);
  return typeof found === 'number' ? found : [found.type, found.mode];
}

function programRows(): readonly Row[] {
  const sh = (script: string): posix.Spec => ({
    file: '/bin/sh',
    argv: ['sh', '-c', script],
    environment: ['PATH=/usr/bin:/bin', 'BYTES=\xff\xe9'],
    directory: '/',
    milliseconds: 0,
  });
  const output = (spec: posix.Spec): unknown => {
    const parts = ['', '', ''];
    const run = posix.run(spec, (stream, bytes) => {
      parts[stream] += bytes;
    });
    return [parts[1], parts[2], run];
  };
  const ended = (code: number) => ({ code, signal: 0, timedOut: false, signals: [] });
  const throwing = () => {
    throw new RangeError('mine');
  };
  return [
    ['both streams', () => output(sh('printf "$BYTES"; echo e >&2; exit 3')), ['\xff\xe9', 'e\n', ended(3)]],
    ['what a callback throws', () => posix.run(sh('echo x; sleep 100'), throwing), 'RangeError: mine'],
    ['no program', () => output({ ...sh(''), file: '/no/where' }), ['', '', [-2, 2]]],
    ['no folder', () => output({ ...sh(''), directory: '/no/where' }), ['', '', [-2, 1]]],
    ['no callback', unchecked('run', sh('true')), 'TypeError: no function for the output'],
    ['text in the environment', () => output({ ...sh('true'), environment: ['A=€'] }), notBytes],
    ['a NUL in an argument', () => output(sh('true\0')), hasNul],
    [
      'a property that throws',
      unchecked('execute', {
        get file() {
          return throwing();
        },
      }),
      'RangeError: mine',
    ],
    ['no signal', () => [posix.watchSignals(), posix.takeSignal()], [0, 0]],
    ['an init', () => posix.supervise(sh('exit 9')), 9],
    ['nothing to replace us', () => posix.execute({ ...sh(''), file: '/etc/passwd' }), [-13, 2]],
    ['nobody listens', () => posix.exchange('127.0.0.1', 1, '', 1, 1000), -111],
    ['no address', () => posix.exchange('localhost', 1, '', 1, 1000), -22],
  ];
}

/** Prints each answer of the module `posix` that is not what it should be; 0 when there is none. The folder is used up. */
export function wrongAnswers(folder: string): number {
  const rows = [...textRows(), ...conventionRows(folder), ...fileRows(folder), ...programRows()];
  let wrong = 0;
  for (const [name, call, expected] of rows) {
    const found = written(answerTo(call));
    if (found === written(expected)) continue;
    posix.write(1, posix.toBytes(`${name}: ${found}, not ${written(expected)}\n`));
    wrong += 1;
  }
  return wrong === 0 ? 0 : 1;
}
