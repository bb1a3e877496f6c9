import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { textEnvironment } from '../../src/hosts/common/environment.ts';
import { readRawEnvironment } from '../../src/hosts/node/environment.ts';
import { temporaryDirectory } from '../support/temporary.ts';

function file(bytes: string): string {
  const path = join(temporaryDirectory(), 'file');
  writeFileSync(path, Buffer.from(bytes, 'latin1'));
  return path;
}

describe('the environment', () => {
  it('is what the kernel gave, without what the entry script put aside', () => {
    const raw = readRawEnvironment(
      file(
        'A=1\0A=2\0EMPTY=\0BAD=caf\xe9\0N\xe9=x\0WIDE=\xc3\xa9\0noequals\0=odd\0S2I_KEPT_NODE_OPTIONS=--x y\0S2I_KEPT_OPEN_FILES=1024\0LINES=a\nb\0',
      ),
    );
    expect(textEnvironment(raw)).toEqual({ A: '1', EMPTY: '', WIDE: 'é', NODE_OPTIONS: '--x y', LINES: 'a\nb' });
    expect(raw.get('BAD')).toBe('caf\xe9');
    expect(raw.get('N\xe9')).toBe('x');
  });

  it('is what Node decoded where there is no /proc', () => {
    expect(textEnvironment(readRawEnvironment('/nowhere')).PATH).toBe(process.env.PATH);
  });
});
