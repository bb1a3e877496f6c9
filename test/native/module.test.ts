import { expect, test } from 'vitest';
import { temporaryDirectory } from '../support/temporary.ts';
import { describeNative, runNative } from './support/native.ts';

describeNative('the module `posix`', () => {
  test('takes and gives what posix.d.ts says', () => {
    expect(runNative('tests', ['module', temporaryDirectory()])).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});
