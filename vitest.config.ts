import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { reasonAgainst } from './test/engine/support/machine.ts';
import { forNative } from './test/native/support/needs.ts';

const projects = ['test/corpus/*/*/project/**', 'test/apps/**'];

/** Files that look at a host from outside, and so at each of them. */
const onEachHost = ['capabilities', 'hand-over', 'import-tree', 'log', 'normalise-tree', 'reader', 'run', 'trees'].map(
  (name) => `test/hosts/${name}.test.ts`,
);

/** Files with real hooks that are run on each host; bin/test --all runs every one of them. */
const realOnEachHost =
  process.env.S2I_TEST_ALL === '1'
    ? ['test/real/**/*.test.ts']
    : [
        ...['assemble-interrupted', 'assemble-sources', 'assemble-tree', 'entries', 'launch-signals', 'save-artifacts'].map(
          (name) => `test/real/${name}.test.ts`,
        ),
        'test/real/bad-input/**/*.test.ts',
      ];

/** Files that take minutes, the longest first. */
const long = ['test/real/apps.test.ts', 'test/real/incremental.test.ts', 'test/real/launch-signals.test.ts'];

/** Started last, a long file would keep one worker busy while the other has nothing to do. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => long.findIndex((file) => moduleId.endsWith(`/${file}`));
    const others = (await super.sort(files)).filter((file) => place(file) < 0);
    return [...files.filter((file) => place(file) >= 0).sort((a, b) => place(a) - place(b)), ...others];
  }
}

/**
 * `core`: everything that needs neither a network nor a server of its own. `real`: hooks as an image has them, real
 * packages, servers that are asked over HTTP. `engine`: container engines, in pure tables and for real. `image`: the
 * full images themselves. `consumers`: the programs that people build applications with, on the images. `native`: the
 * executable without Node, against the same goldens, and what both hosts do compared.
 */
export default defineConfig({
  test: {
    // Compilers and servers of the applications need the second processor too.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    retry: 0,
    projects: [
      {
        test: {
          name: 'core',
          include: ['test/**/*.test.ts'],
          exclude: [
            ...configDefaults.exclude,
            ...projects,
            'test/real/**',
            'test/engine/**',
            'test/consumers/**',
            'test/image/containers/**',
            'test/native/**',
          ],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'real',
          include: ['test/real/**/*.test.ts'],
          exclude: configDefaults.exclude,
          globalSetup: ['test/support/image.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'engine',
          include: ['test/engine/**/*.test.ts'],
          exclude: configDefaults.exclude,
          globalSetup: ['test/engine/support/setup.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'native',
          include: [
            'test/native/**/*.test.ts',
            ...(reasonAgainst(forNative) === undefined ? [...onEachHost, ...realOnEachHost] : []),
          ],
          exclude: configDefaults.exclude,
          globalSetup: ['test/native/support/setup.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'image',
          include: ['test/image/containers/**/*.test.ts'],
          exclude: configDefaults.exclude,
          globalSetup: ['test/image/containers/support/setup.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'consumers',
          include: ['test/consumers/**/*.test.ts'],
          exclude: configDefaults.exclude,
          globalSetup: ['test/consumers/support/setup.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
