import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../support/temporary.ts';
import type { Consumer } from './support/consumers.ts';
import { fullImage } from './support/full-image.ts';
import { differing, treeIn } from './support/look.ts';
import { describeConsumers } from './support/needs.ts';
import { imageName, openConsumer } from './support/open.ts';

/** An application with forty packages, large ones and compiled ones among them. */
const project = join(import.meta.dirname, 'projects/many-packages');
const builder = fullImage('trixie');

interface Timed {
  readonly log: string;
  readonly seconds: number;
}

describeConsumers('all', 'incremental builds of an application with forty packages', () => {
  test.each(['s2i', 'as-dockerfile'] as const)(
    'by %s: they install what changed, and their trees are those of clean builds',
    async (name) => {
      const consumer = await openConsumer(name);
      const source = temporaryDirectory();
      cpSync(project, source, { recursive: true });
      const [image, clean] = [imageName(consumer), imageName(consumer)];
      const first = await build(consumer, source, image, []);
      expect(installedIn(first.log)).toHaveLength(packages(source).length);

      change(source, 'wsgi.py', 'first words', 'second words');
      const onlySource = await build(consumer, source, image, ['--incremental']);
      expect(installedIn(onlySource.log)).toEqual([]);
      await build(consumer, source, clean, []);
      expect(differing(await treeIn(consumer.engine, image), await treeIn(consumer.engine, clean))).toEqual([]);

      change(source, 'requirements.txt', 'werkzeug==3.1.9', 'werkzeug==3.1.8');
      const onePackage = await build(consumer, source, image, ['--incremental']);
      expect(installedIn(onePackage.log)).toEqual(['werkzeug-3.1.8']);
      await build(consumer, source, clean, []);
      expect(differing(await treeIn(consumer.engine, image), await treeIn(consumer.engine, clean))).toEqual([]);
      process.stdout.write(
        `\n${figures(name, { clean: first, 'source changed': onlySource, 'one package changed': onePackage })}\n`,
      );
    },
  );
});

async function build(consumer: Consumer, source: string, image: string, options: readonly string[]): Promise<Timed> {
  const begun = performance.now();
  const { status, log } = await consumer.build({ builder, source, image, options });
  expect(status, log).toBe(0);
  return { log, seconds: (performance.now() - begun) / 1000 };
}

function packages(source: string): readonly string[] {
  return readFileSync(join(source, 'requirements.txt'), 'utf8').trim().split('\n');
}

/** What pip says it has installed. */
function installedIn(log: string): readonly string[] {
  return [...log.matchAll(/Successfully installed (.*)$/gm)].flatMap(([, names = '']) => names.trim().split(' ')).sort();
}

function change(source: string, file: string, from: string, to: string): void {
  const path = join(source, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

/** Seconds, and how they compare with those of the clean build. */
function figures(name: string, builds: Readonly<Record<'clean', Timed>> & Readonly<Record<string, Timed>>): string {
  return Object.entries(builds)
    .map(([what, { seconds }]) => `${name}, ${what}: ${seconds.toFixed(1)} s, ${(seconds / builds.clean.seconds).toFixed(2)}`)
    .join('\n');
}
