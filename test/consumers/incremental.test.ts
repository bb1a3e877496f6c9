import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fullImage } from '../engine/support/full-images.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import type { Consumer } from './support/consumers.ts';
import { type MeasuredConsumer, openInMemory } from './support/in-memory.ts';
import { differing, printedIn, treeIn } from './support/look.ts';
import { describeConsumers } from './support/needs.ts';
import { imageName } from './support/open.ts';
import { type Phases, phasesOf } from './support/phases.ts';

/** An application with forty packages that are wheels, large ones and some with compiled modules among them. */
const project = join(import.meta.dirname, 'projects/many-packages');
const builder = fullImage('trixie');

/** What applications have besides; these two have no wheels and are compiled: why the full image has compilers. */
const APPLICATIONS = {
  'forty wheels': [],
  'forty wheels, two packages to compile': ['psycopg2==2.9.13', 'uwsgi==2.0.31'],
} as const;

interface Measured {
  readonly consumer: MeasuredConsumer;
  readonly application: keyof typeof APPLICATIONS;
}

const MEASURED: readonly Measured[] = [
  { consumer: 's2i', application: 'forty wheels' },
  { consumer: 'as-dockerfile', application: 'forty wheels' },
  { consumer: 's2i', application: 'forty wheels, two packages to compile' },
  { consumer: 's2i, no logs', application: 'forty wheels, two packages to compile' },
  { consumer: 'as-dockerfile', application: 'forty wheels, two packages to compile' },
];

describeConsumers('all', 'incremental builds', () => {
  test.each(MEASURED.map((one) => [one.consumer, one.application, one] as const))(
    'by %s, %s: they install what changed, in a part of the time, and their trees are those of clean builds',
    async (_consumer, _application, measured) => {
      const { consumer, close } = await openInMemory(measured.consumer, builder);
      onTestFinished(close);
      const source = sourceOf(measured);
      const [image, clean] = [imageName(consumer), imageName(consumer)];
      const cleanBuilds = [await build(consumer, source, image)];
      expect(installedIn(cleanBuilds[0]?.log ?? '')).toHaveLength(packages(source).length);

      const sourceChanged: Timed[] = [];
      for (const words of ['second', 'third']) {
        change(source, 'wsgi.py', /[a-z]+ words/, `${words} words`);
        sourceChanged.push(await buildOn(consumer, source, image));
        expect(installedIn(sourceChanged.at(-1)?.log ?? '')).toEqual([]);
      }
      cleanBuilds.push(await build(consumer, source, clean));
      expect(differing(await comparableTreeIn(consumer, image), await comparableTreeIn(consumer, clean))).toEqual([]);

      const packageChanged: Timed[] = [];
      for (const version of ['3.1.8', '3.1.7']) {
        change(source, 'requirements.txt', /werkzeug==[\d.]+/, `werkzeug==${version}`);
        packageChanged.push(await buildOn(consumer, source, image));
        expect(installedIn(packageChanged.at(-1)?.log ?? '')).toEqual([`werkzeug-${version}`]);
      }
      cleanBuilds.push(await build(consumer, source, clean));
      expect(differing(await comparableTreeIn(consumer, image), await comparableTreeIn(consumer, clean))).toEqual([]);

      const builds = {
        clean: fastest(cleanBuilds),
        'source changed': fastest(sourceChanged),
        'one package changed': fastest(packageChanged),
      };
      process.stdout.write(tableOf(`${measured.consumer}: ${measured.application}`, builds));
      expect(ours(builds['source changed']) / ours(builds.clean)).toBeLessThanOrEqual(0.25);
      expect(ours(builds['one package changed']) / ours(builds.clean)).toBeLessThanOrEqual(0.5);
      // Of wheels from near by, the engine's own part alone is more (docs/test-matrix.md).
      if (APPLICATIONS[measured.application].length === 0) return;
      expect(builds['source changed'].whole / builds.clean.whole).toBeLessThanOrEqual(0.25);
      expect(builds['one package changed'].whole / builds.clean.whole).toBeLessThanOrEqual(0.5);
    },
    1_800_000,
  );
});

interface Timed extends Phases {
  readonly log: string;
  /** Seconds that save-artifacts takes when nobody keeps it waiting; 0 for a clean build. */
  readonly save: number;
}

/** The tree of an image, but for what a compiler wrote: times and temporary folders stand in that, in clean builds too. */
async function comparableTreeIn({ engine }: Consumer, image: string): Promise<readonly string[]> {
  const tree = await treeIn(engine, image);
  return tree.map((line) => (COMPILED.test(line) ? line.slice(0, line.lastIndexOf(' ')) : line));
}

const COMPILED = /^(bin\/uwsgi|lib\/\S+\/(psycopg2\/_psycopg\S+\.so|(psycopg2|uwsgi)-\S+\.dist-info\/RECORD)) /;

/** What the hooks take. The rest is the engine's and s2i's: starting containers, copying what was saved, writing the layer. */
function ours({ save, assemble }: Timed): number {
  return save + assemble;
}

async function build(consumer: Consumer, source: string, image: string, options: readonly string[] = []): Promise<Timed> {
  const request = { builder, source, image, options: ['--loglevel=2', ...options] };
  const { status, log, lines } = await consumer.build(request);
  expect(status, log).toBe(0);
  return { ...phasesOf(lines), log, save: 0 };
}

async function buildOn(consumer: Consumer, source: string, image: string): Promise<Timed> {
  const script = 'date +%s.%N; /usr/libexec/s2i/save-artifacts >/dev/null; date +%s.%N';
  const [begun, ended] = await printedIn(consumer.engine, image, ['sh', '-ec', script]);
  return { ...(await build(consumer, source, image, ['--incremental'])), save: Number(ended) - Number(begun) };
}

/** A copy of the application's source; gone when the test has finished. */
function sourceOf({ application }: Measured): string {
  const source = temporaryDirectory();
  cpSync(project, source, { recursive: true });
  const lines = [readFileSync(join(source, 'requirements.txt'), 'utf8').trim(), ...APPLICATIONS[application]];
  writeFileSync(join(source, 'requirements.txt'), `${lines.join('\n')}\n`);
  return source;
}

function packages(source: string): readonly string[] {
  return readFileSync(join(source, 'requirements.txt'), 'utf8').trim().split('\n');
}

/** What pip says it has installed. */
function installedIn(log: string): readonly string[] {
  return [...log.matchAll(/Successfully installed (.*)$/gm)].flatMap(([, names = '']) => names.trim().split(' ')).sort();
}

function change(source: string, file: string, from: RegExp, to: string): void {
  const path = join(source, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toMatch(from);
  writeFileSync(path, text.replace(from, to));
}

/** Other work of the machine only makes slower. */
function fastest(builds: readonly Timed[]): Timed {
  return builds.reduce((best, one) => (ours(one) < ours(best) ? one : best));
}

/** Seconds, and how the whole and our part of it compare with those of the clean build, as a table in Markdown. */
function tableOf(name: string, builds: Readonly<Record<'clean', Timed>> & Readonly<Record<string, Timed>>): string {
  const { clean } = builds;
  const heads = [name, 'save-artifacts', 'assemble', 'both, of clean', 'fetching', 'commit', 'whole', 'of clean'];
  const rows = Object.entries(builds).map(([what, one]) => {
    const share = (part: number, of: number) => (part / of).toFixed(2);
    const seconds = [one.save, one.assemble].map((part) => part.toFixed(1));
    const rest = [one.fetched, one.commit, one.whole].map((part) => part.toFixed(1));
    return [what, ...seconds, share(ours(one), ours(clean)), ...rest, share(one.whole, clean.whole)];
  });
  return `\n${[heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n\n`;
}
