import { describe, expect, test } from 'vitest';
import { assemble } from '../../src/assemble/hook.ts';
import type { Effect } from '../../src/execute/effect.ts';
import { conclude } from '../../src/execute/execute.ts';
import { FIND_APPLICATIONS } from '../../src/inspect/applications/probe.ts';
import { runHook } from '../../src/run/hook.ts';
import { STORED } from '../../src/run/stored/stored.ts';
import { performScripted, ran } from '../support/scripted-host.ts';
import { appRoot, home, program, readerOf, type Scene } from './decide.ts';

const main = 'from fastapi import FastAPI\n\napp = FastAPI()\n';
const scene: Scene = {
  files: {
    'main.py': main,
    'requirements.txt': 'fastapi\nuvicorn\n',
    '/usr/bin/python3': program(),
    [`${appRoot}/bin/pip`]: program(),
  },
  installed: { fastapi: '0.165.0', uvicorn: '0.54.0' },
  processors: 2,
};

const answers = [
  {
    to: (effect: Effect) => effect.kind === 'run' && effect.command.argv.includes(FIND_APPLICATIONS),
    outcome: ran({
      stdout: JSON.stringify({
        'main.py': {
          main: false,
          names: [{ name: 'app', line: 3, of: ['fastapi.FastAPI'], is: 'value', takes: 0, needs: 0 }],
          calls: [],
          follows: [`${home}/more.py`],
        },
      }),
    }),
  },
];

/** What assemble stores in a scene. */
function stored(of: Scene): string {
  const { effects } = performScripted(conclude(assemble(readerOf(of))), answers);
  const written = effects.find((effect) => effect.kind === 'write-file' && effect.path === `${appRoot}/${STORED}`);
  if (written?.kind !== 'write-file') throw new Error('nothing was stored');
  return written.text;
}

/** What run does in a scene that has this file. */
function run(of: Scene, text: string) {
  const withStored = { ...of, files: { ...of.files, [`${appRoot}/${STORED}`]: text } };
  const { effects, printed } = performScripted(conclude(runHook(readerOf(withStored))), answers);
  const command = effects.find((effect) => effect.kind === 'hand-over');
  return {
    asked: effects.some((effect) => effect.kind === 'run'),
    argv: command?.kind === 'hand-over' ? command.command.argv : [],
    environment: command?.kind === 'hand-over' ? command.command.environment.set : {},
    dropped: printed.find((line) => line.includes('is not used')),
  };
}

describe('what assemble decided', () => {
  const text = stored(scene);

  test('is used: nothing is asked again', () => {
    const { asked, argv, dropped } = run(scene, text);
    expect({ asked, dropped }).toEqual({ asked: false, dropped: undefined });
    expect(argv.slice(0, 2)).toEqual(['uvicorn', 'main:app']);
  });

  test('leaves to the container what only it knows: port, limits, number of workers', () => {
    expect(run({ ...scene, environment: { PORT: '9000' } }, text).argv).toContain('9000');
    expect(run({ ...scene, processors: 3 }, text).environment.WEB_CONCURRENCY).toBe('3');
    expect(run({ ...scene, environment: { WEB_CONCURRENCY: '5' } }, text).environment.WEB_CONCURRENCY).toBe('5');
  });

  const changed = (files: Scene['files']) => ({ ...scene, files: { ...scene.files, ...files } });

  test.each([
    ['a file that it was found in', changed({ 'main.py': `${main}# changed\n` }), `${home}/main.py has changed`],
    ['a file that was followed to', changed({ 'more.py': 'x = 1\n' }), `${home}/more.py has changed`],
    ['a file that comes before it', changed({ 'gunicorn.conf.py': '' }), `${home}/gunicorn.conf.py has changed`],
    ['a script', changed({ 'app.sh': program() }), `${home}/app.sh has changed`],
    ['APP_MODULE', { ...scene, environment: { APP_MODULE: 'main:app' } }, 'APP_MODULE is set now'],
    ['PYTHONPATH', { ...scene, environment: { PYTHONPATH: '/lib' } }, 'PYTHONPATH is set now'],
    ['PATH', { ...scene, environment: { PATH: `${appRoot}/bin:/usr/bin` } }, 'PATH has another value'],
    [
      'the packages',
      { ...scene, installed: { ...scene.installed, six: '1.17' } },
      `${appRoot}/lib/python3.13/site-packages has changed`,
    ],
  ])('is dropped, with the reason, when %s changed', (_what, now, reason) => {
    const { dropped, argv } = run(now, text);
    expect(dropped).toBe(`The start command that assemble decided on is not used: ${reason}.`);
    expect(argv.length).toBeGreaterThan(0);
  });

  test('is kept when files came that it does not rest on', () => {
    expect(run(changed({ 'db.sqlite3': '', '__pycache__/main.cpython-313.pyc': '', 'uploads/a.txt': '' }), text).dropped).toBe(
      undefined,
    );
  });

  test.each([
    ['no JSON', '{'],
    ['another format', JSON.stringify({ ...JSON.parse(text), format: 0 })],
    ['null', 'null'],
    ['nothing to compare', JSON.stringify({ ...JSON.parse(text), restsOn: {} })],
  ])('is dropped when it is %s', (_what, broken) => {
    const { dropped, argv } = run(scene, broken);
    expect(dropped).toContain(`${appRoot}/${STORED} is not as this version writes it`);
    expect(argv[0]).toBe('uvicorn');
  });

  test('holds digests of settings, not their values', () => {
    const environment = { APP_MODULE: 'main:app', GUNICORN_CMD_ARGS: '--secret-thing=abc' };
    expect(stored({ ...scene, environment })).not.toContain('secret-thing');
  });
});
