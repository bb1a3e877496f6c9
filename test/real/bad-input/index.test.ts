import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runHook } from '../../support/hooks.ts';
import { type LoopbackIndex, startIndex } from '../../support/loopback-index.ts';
import { makeWheel } from '../../support/packages.ts';
import { writeSource } from '../../support/sandbox.ts';
import { expectSoundError, failsThenSucceeds, offlineSandbox } from './again.ts';

const greeting = makeWheel({ name: 'greeting', version: '1.0' });
const harmful = makeWheel({ name: 'greeting', version: '1.0', files: { 'greeting/__init__.py': 'exchanged = True\n' } });
const PROJECT = { 'requirements.txt': 'greeting==1.0\n', 'app.py': 'print("serving")\n' };

const silent: string[] = [];
let index: LoopbackIndex;
let exchanged: LoopbackIndex;
let locked: LoopbackIndex;
beforeAll(async () => {
  index = await startIndex([greeting], { silent });
  exchanged = await startIndex([harmful]);
  locked = await startIndex([greeting], { credentials: { user: 'reader', password: 'hunter2secret' } });
});
afterAll(() => Promise.all([index.close(), exchanged.close(), locked.close()]));

/** Changes a variable of the sandbox between two builds. */
function withIndex(url: () => string, more: Readonly<Record<string, string>> = {}) {
  const sandbox = offlineSandbox(more);
  const options = {
    get environment() {
      return { PIP_INDEX_URL: url() };
    },
  };
  return { sandbox, options };
}

describe('[B19] an index that fails', () => {
  test('nothing listens: 75, and the words of pip', async () => {
    let url = index.url;
    const { sandbox, options } = withIndex(() => url, { PIP_RETRIES: '1' });
    const harm = () => {
      url = 'http://127.0.0.1:9/simple';
    };
    const mend = () => {
      url = index.url;
    };
    const { exit, stderr } = await failsThenSucceeds(sandbox, { files: PROJECT, harm, mend, options });
    expect(exit).toBe(75);
    expect(stderr).toContain('Connection refused');
    expect(stderr).toContain('exit status 75 says that the same command may succeed later');
  });

  test('it does not answer: 75', async () => {
    const { sandbox, options } = withIndex(() => index.url, { PIP_RETRIES: '1', PIP_TIMEOUT: '1' });
    const harm = () => {
      silent.push('greeting');
    };
    const mend = () => {
      silent.pop();
    };
    const { exit, stderr } = await failsThenSucceeds(sandbox, { files: PROJECT, harm, mend, options });
    expect(exit).toBe(75);
    expect(stderr).toContain('Read timed out');
  });

  test('it has no such package: the status of pip, and what "from versions: none" can mean', async () => {
    const sandbox = offlineSandbox({ PIP_INDEX_URL: index.url });
    writeSource(sandbox, { ...PROJECT, 'requirements.txt': 'greting==1.0\n' });
    const end = await runHook('assemble', sandbox);
    expect(end.exit).toBe(1);
    expectSoundError(end);
    expect(end.stderr).toContain('No matching distribution found for greting==1.0');
    expect(end.stderr).toContain('1. the spelling of the name that pip quotes');
  });

  test('it has no such version', async () => {
    const sandbox = offlineSandbox({ PIP_INDEX_URL: index.url });
    writeSource(sandbox, { ...PROJECT, 'requirements.txt': 'greeting==2.0\n' });
    const { exit, stderr } = await runHook('assemble', sandbox);
    expect(exit).toBe(1);
    expect(stderr).toContain('(from versions: 1.0)');
    expect(stderr).toContain('1. the versions that pip lists');
  });

  test('the archive is not the one that was locked', async () => {
    let url = index.url;
    const { sandbox, options } = withIndex(() => url);
    const files = { ...PROJECT, 'requirements.txt': `greeting==1.0 --hash=sha256:${greeting.sha256}\n` };
    const harm = () => {
      url = exchanged.url;
    };
    const mend = () => {
      url = index.url;
    };
    const { exit, stderr } = await failsThenSucceeds(sandbox, { files, harm, mend, options });
    expect(exit).toBe(1);
    expect(stderr).toContain('if nothing explains it, do not install');
  });

  test('it refuses the password, which is printed nowhere', async () => {
    const sandbox = offlineSandbox({ PIP_INDEX_URL: locked.urlWith('reader:wrong-hunter2'), PIP_NO_INPUT: '1' });
    writeSource(sandbox, PROJECT);
    const end = await runHook('assemble', sandbox);
    expect(end.exit).toBe(1);
    expectSoundError(end);
    expect(end.log).not.toContain('wrong-hunter2');
    expect(end.stderr).toContain('a refused login');
  });
});

describe('a requirements.txt that pip refuses', () => {
  const refused = async (requirements: Buffer | string) => {
    const sandbox = offlineSandbox({ PIP_INDEX_URL: index.url });
    writeSource(sandbox, { ...PROJECT, 'requirements.txt': requirements as string });
    return runHook('assemble', sandbox);
  };

  test.each([
    ['a typing error', 'greeting=>1.0\n', "Invalid requirement: 'greeting=>1.0'"],
    ['a merge conflict', '<<<<<<< HEAD\ngreeting\n=======\n', "Invalid requirement: '<<<<<<< HEAD'"],
    ['NUL bytes', 'g\0r\0e\0', 'Invalid requirement: '],
  ])('%s: the line, and how it is written', async (_what, text, words) => {
    const end = await refused(text);
    expect(end.exit).toBe(1);
    expectSoundError(end);
    expect(end.stderr).toContain(words);
    expect(end.stderr).toContain('1. the line that is quoted above');
  });

  test('Latin-1: a warning before, and the advice after', async () => {
    const end = await refused(Buffer.from('greeting  # f\xfcr uns\n', 'latin1'));
    expect(end.log).toContain('WARNING: requirements.txt is no UTF-8');
    expect(end.log).toContain('iconv -f ISO-8859-1 -t UTF-8');
  });

  test('Latin-1 with a coding comment: pip reads it, so the build goes on', async () => {
    const end = await refused(Buffer.from('# -*- coding: latin-1 -*-\ngreeting  # f\xfcr uns\n', 'latin1'));
    expect(end.exit, end.log).toBe(0);
  });

  test('UTF-16 with a byte order mark: pip reads it, so the build goes on', async () => {
    const end = await refused(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('greeting\r\n', 'utf16le')]));
    expect(end.exit, end.log).toBe(0);
    expect(end.log).toContain('WARNING: requirements.txt is written in UTF-16');
  });
});
