import { describe, expect, it } from 'vitest';
import { createLineFeed, createTail } from '../../src/hosts/common/lines.ts';
import { createRedactor } from '../../src/hosts/common/redact.ts';

function redact(secrets: readonly string[], text: string): string {
  return createRedactor(secrets).redact(text);
}

describe('redacting', () => {
  it.each([
    [['s3cret'], 'a s3cret b s3cret', 'a *** b ***'],
    [['p@ss/w'], 'https://u:p%40ss%2Fw@host p%40ss%2fw p@ss/w p@ss%2Fw', 'https://u:***@host *** *** ***'],
    [['p%40ss'], 'p@ss p%40ss p%2540ss', '*** *** ***'],
    [['100%pure'], '100%pure 100%25pure', '*** ***'],
    [['p\xe4ss'], 'p\xc3\xa4ss p%C3%A4ss p%c3%a4ss', '*** *** ***'],
    [['abc.def$'], 'abc.def$ abcXdef$', '*** abcXdef$'],
    [['token', 'token-longer'], 'token-longer token', '*** ***'],
    [['-----BEGIN\nfirst line\r\nsecond line\n'], '-----BEGIN first line|second line', '*** ***|***'],
    [['pw'], 'pw https://u:pw@host pwd', 'pw https://u:***@host pwd'],
    [[''], 'nothing', 'nothing'],
    [[], 'nothing', 'nothing'],
  ])('hides %j in %j', (secrets, text, expected) => {
    expect(redact(secrets, text)).toBe(expected);
  });

  it('never shows more of a text that goes on than it may', () => {
    const redactor = createRedactor(['s3cret-word', 'pw']);
    const text = 'xx s3cret-word yy s3cret%2Dword zz https://u:pw@host '.repeat(20);
    for (const size of [1, 2, 3, 7, 11, 50, 100]) {
      let rest = '';
      let shown = '';
      for (let at = 0; at < text.length; at += size) {
        const cut = redactor.cut(rest + text.slice(at, at + size));
        shown += cut.ready;
        rest = cut.rest;
      }
      expect(shown + redactor.redact(rest)).toBe(redactor.redact(text));
    }
  });
});

describe('lines', () => {
  function feed(secrets: readonly string[], chunks: readonly string[]): string[] {
    const given: string[] = [];
    const lines = createLineFeed(createRedactor(secrets), (bytes) => given.push(bytes));
    for (const chunk of chunks) lines.push(chunk);
    lines.end();
    return given;
  }

  it('are given on when they are whole, redacted across reads', () => {
    expect(feed(['s3cret'], ['one s3', 'cret\ntwo ', 's3cre', 't\nthree'])).toEqual(['one ***\n', 'two ***\n', 'three']);
  });

  it('are bytes', () => {
    expect(feed(['x'], ['caf\xe9\r\n', '\xff\0'])).toEqual(['caf\xe9\r\n', '\xff\0']);
  });

  it('that are very long are given on in pieces without letting a secret through', () => {
    const line = 'abcdefg s3cret-word '.repeat(50_000);
    const chunks = Array.from({ length: Math.ceil(line.length / 4093) }, (_, index) =>
      line.slice(index * 4093, (index + 1) * 4093),
    );
    const given = feed(['s3cret-word'], chunks);
    expect(given.join('') === 'abcdefg *** '.repeat(50_000)).toBe(true);
    expect(given.length).toBeGreaterThan(10);
    expect(Math.max(...given.map((piece) => piece.length))).toBeLessThan(100_000);
  });

  it('are remembered to the number asked for', () => {
    const tail = createTail(3);
    tail.add('1\n2\n');
    tail.add('3\r\n4\ncaf\xe9\n');
    expect(tail.lines()).toEqual(['3', '4', 'caf\\xe9']);
  });
});
