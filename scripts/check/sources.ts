import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Lines a source file may have. A file that needs more holds two things. */
const MOST_LINES = 250;
/** Lines half of the files may have at most. */
const MEDIAN_LINES = 150;

/** All words of all failures stand in one file on purpose. */
const LONG_BY_DESIGN = ['src/failures/words.ts'];

const CORE = /^src\/(inspect|assemble|run|execute|failures|plan|hosts\/common|hosts\/native)\//;

/** What differs between engines or between two runs, and so must not decide a plan. */
const BANNED_IN_CORE: readonly (readonly [RegExp, string])[] = [
  [/\.localeCompare\(|\.toLocale\w*\(/, 'compares by locale'],
  [/\bMath\.random\b/, 'is random'],
  [/\/[a-z]*v[a-z]*\.(test|exec)\(/, 'uses the regex v flag'],
  [/\.(union|intersection|difference|symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom)\(/, 'uses a Set method'],
  [
    /\bRegExp\.escape\b|\bMath\.(a?sin|a?cos|a?tan|atan2|sinh|cosh|tanh|exp|log|cbrt|hypot|pow)\(|\bBigInt\.asUintN\b|\(\?[ims]+(-[ims]+)?:/,
    'is known to differ between engines (test/native/program/engine-cases.ts)',
  ],
  [/\bIterator\.|\.values\(\)\.(map|filter|take|drop)\(/, 'uses an iterator helper'],
];

/** Limits and bans that neither compiler nor linter knows. */
export function checkSources(root: string): readonly string[] {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'src/*.ts'], { cwd: root, encoding: 'utf8' })
    .trim()
    .split('\n');
  const texts = files.map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n') }));
  return [
    ...texts.flatMap(({ file, lines }) => [...tooLong(file, lines), ...banned(file, lines)]),
    ...medianTooLong(texts.map(({ lines }) => lines.length)),
  ];
}

function tooLong(file: string, lines: readonly string[]): readonly string[] {
  return lines.length - 1 > MOST_LINES && !LONG_BY_DESIGN.includes(file)
    ? [`${file} has ${lines.length - 1} lines; at most ${MOST_LINES}`]
    : [];
}

function banned(file: string, lines: readonly string[]): readonly string[] {
  if (!CORE.test(file)) return [];
  return lines.flatMap((line, index) =>
    BANNED_IN_CORE.filter(([pattern]) => pattern.test(line)).map(([, what]) => `${file}:${index + 1} ${what}: not in the core`),
  );
}

function medianTooLong(counts: readonly number[]): readonly string[] {
  const median = [...counts].sort((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0;
  return median > MEDIAN_LINES ? [`the median file has ${median} lines; at most ${MEDIAN_LINES}`] : [];
}
