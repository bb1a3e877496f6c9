import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startIndex } from './loopback-index.ts';
import { makeWheel } from './packages.ts';
import { temporaryDirectory } from './temporary.ts';

const credentials = { user: 'builder-of-images', password: 'pa55-phrase-of-the-index' };

/** Ways in which pip learns a password. */
export type PasswordIn = 'netrc' | 'pip.conf';

/** A project whose one dependency only an index with a password has, and what pip needs to get it. */
export interface PrivateProject {
  readonly source: string;
  /** Of pip: without a password when that is in netrc. */
  readonly pipConf: string;
  readonly netrc: string;
  /** What may be found nowhere: the password, and both as they are sent. pip itself prints the user's name. */
  readonly secrets: readonly string[];
}

export const installed = 'greeting-words==1.0.3';

/** Starts the index, until the test has finished, and makes the project. */
export async function makePrivateProject(passwordIn: PasswordIn): Promise<PrivateProject> {
  const index = await startIndex([makeWheel({ name: 'greeting-words', version: '1.0.3' })], { credentials });
  onTestFinished(index.close);
  const source = temporaryDirectory();
  writeFileSync(join(source, 'requirements.txt'), `${installed}\n`);
  writeFileSync(join(source, 'app.py'), 'print("ready")\n');
  const { user, password } = credentials;
  const inNetrc = passwordIn === 'netrc';
  const url = inNetrc ? index.url : index.url.replace('://', `://${user}:${password}@`);
  return {
    source,
    pipConf: `[global]\nindex-url = ${url}\n`,
    netrc: inNetrc ? `machine 127.0.0.1 login ${user} password ${password}\n` : 'machine index.invalid login a password b\n',
    secrets: [password, Buffer.from(`${user}:${password}`).toString('base64')],
  };
}
