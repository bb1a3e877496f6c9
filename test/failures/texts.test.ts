import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type HookName, readCorpus } from '../support/corpus-case.ts';

/** Themes about choosing an installer and a server, and about deciding the start. */
const CHOICE = ['asgi', 'bad-start', 'hooks', 'locks', 'mixed', 'procfile', 'scripts', 'start', 'wsgi'];

interface Failing {
  readonly name: string;
  readonly hook: HookName;
  readonly status: number;
  /** The texts of its errors, without `ERROR: `. */
  readonly errors: readonly string[];
}

const failing = readCorpus().flatMap(({ name, folder, spec }) =>
  spec.hooks.flatMap((hook): readonly Failing[] => {
    const path = join(folder, `${hook}.txt`);
    const transcript = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const status = Number(/^=> (\d+)\n$/m.exec(transcript)?.[1] ?? 0);
    if (status === 0) return [];
    const [, ...errors] = transcript.replace(/^=> \d+\n$/m, '').split(/^ERROR: /m);
    return [{ name: `${name}: ${hook}`, hook, status, errors }];
  }),
);

/** A line that a tool has printed, as we pass it on. */
const OF_A_TOOL = /^ {0,2}\| /;
/** How an error goes on behind its facts. */
const ADVICE = /^ {2}(?:\d\. |Check: |Way out: |(?:Write|Run) in .+:$)/;
/** The bytes to write, or to type, and where. */
const BYTES = /^ {2}(?:Write|Run) in (?:.+):\n {6}\S/m;

describe('the errors of every failing case', () => {
  test.each(failing.map((one) => [one.name, one] as const))('%s', (_name, { status, errors }) => {
    expect(status).toBeLessThan(256);
    expect(errors).not.toEqual([]);
    for (const error of errors) {
      const own = error.split('\n').filter((line) => !OF_A_TOOL.test(line));
      expect(own.filter((line) => /Traceback|^\s+at \S+.*:\d+|^\s+File "/.test(line))).toEqual([]);
      expect(own.some((line) => ADVICE.test(line))).toBe(true);
    }
  });
});

test('60 cases about installers, servers and the start say the bytes to write, and where', () => {
  const saying = failing.filter(({ errors }) => errors.every((error) => BYTES.test(error)));
  const about = saying.filter(({ name }) => CHOICE.some((theme) => name.startsWith(`${theme}/`)));
  expect(about.length).toBeGreaterThanOrEqual(60);
});
