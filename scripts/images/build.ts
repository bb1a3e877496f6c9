import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CommanderError } from 'commander';
import { execa } from 'execa';
import { type BuildWishes, buildFlavour } from '../../src/image/build/build.ts';
import { BUNDLES } from '../../src/image/build/context.ts';
import { HOOKS_ARGUMENT } from '../../src/image/native/hooks.ts';
import { type BuildFacts, type Flavour, tags } from '../../src/image/spec/contract.ts';
import type { Distribution } from '../../src/image/spec/distribution.ts';
import { openEngine, succeeded } from './engine.ts';
import { measureLayers, renderLayers } from './layers.ts';
import type { EngineOptions } from './options.ts';

/** As commander gives them; `cache` is false with `--no-cache`. */
export interface BuildOptions extends EngineOptions {
  readonly caBundle?: string;
  readonly cache?: boolean;
  /** Which hooks of the full image are called. */
  readonly hooks?: 'node' | 'native';
}

/** Builds one image after the other, and prints for each its tags and its layers. */
export async function buildImages(
  root: string,
  images: readonly (readonly [Distribution, Flavour])[],
  options: BuildOptions,
): Promise<void> {
  if (!existsSync(join(root, BUNDLES)))
    throw new CommanderError(2, 'said', `error: ${BUNDLES} is missing: npm run build makes it`);
  const engine = await openEngine(options.engine);
  const wishes = { ...wishesOf(options), ...(await buildFacts(root)) };
  const onLine = (line: string): void => void process.stderr.write(`${line}\n`);
  for (const [distribution, flavour] of images) {
    const begun = performance.now();
    succeeded(await buildFlavour(engine, { repository: root }, distribution, flavour, wishes, { onLine }));
    const seconds = ((performance.now() - begun) / 1000).toFixed(0);
    const names = tags(distribution, flavour).join(', ');
    process.stdout.write(`${names}: built with ${engine.name} ${engine.version} in ${seconds} s\n`);
    process.stdout.write(`${renderLayers(await measureLayers(engine, distribution, flavour))}\n`);
  }
}

function wishesOf({ network, isolation, caBundle, cache, hooks }: BuildOptions): BuildWishes {
  return {
    ...(network === undefined ? {} : { network }),
    ...(isolation === undefined ? {} : { isolation }),
    ...(caBundle === undefined || caBundle === '' ? {} : { caBundle: resolve(caBundle) }),
    ...(hooks === undefined ? {} : { arguments: { [HOOKS_ARGUMENT]: hooks } }),
    cache: cache === false ? 'ignore' : 'use',
  };
}

/** Of the last change; nothing outside of a repository. */
async function buildFacts(root: string): Promise<{ readonly facts?: BuildFacts }> {
  const { failed, stdout } = await execa('git', ['log', '-1', '--format=%H %cI'], { cwd: root, reject: false });
  const [revision, created] = stdout.split(' ');
  return failed || revision === undefined || created === undefined ? {} : { facts: { revision, created } };
}
