import { beforeAll, expect, test } from 'vitest';
import { answerOf, engineCases } from './program/engine-cases.ts';
import { describeNative, runNative } from './support/native.ts';

describeNative('the engine of the native host', () => {
  let answers: readonly string[] = [];
  beforeAll(() => {
    const { status, stdout, stderr } = runNative('tests', ['engine']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    answers = stdout.trimEnd().split('\n');
  });

  const isKnown = (name: string): boolean => name.startsWith('known difference');

  test('answers thousands of generated cases as Node does', () => {
    expect(answers).toHaveLength(engineCases.length);
    const different = engineCases.flatMap((one, at) => {
      const [node, native] = [answerOf(one), answers[at]];
      return isKnown(one.name) || node === native ? [] : [{ name: one.name, node, native }];
    });
    expect(different).toEqual([]);
    expect(engineCases.length).toBeGreaterThan(2500);
  });

  test('differs still in what is known to differ', () => {
    const same = engineCases.filter((one, at) => isKnown(one.name) && answerOf(one) === answers[at]);
    expect(same.map(({ name }) => name)).toEqual([]);
  });

  test('names every case once', () => {
    expect(new Set(engineCases.map(({ name }) => name)).size).toBe(engineCases.length);
  });
});
