import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Engine } from '../../../src/engine/engine.ts';
import { succeeded } from '../support/engines.ts';
import { networkEnvironment, programPath } from '../support/machine.ts';
import { nodePackage } from './node-package.ts';
import type { DebianRecipe, NodeRecipe, Recipe } from './recipes.ts';

/** Makes the image of a recipe under its real name. Needs the recipe's base to be there. */
export async function makeStandIn(engine: Engine, recipe: Recipe): Promise<void> {
  const context = mkdtempSync(join(realpathSync(tmpdir()), 's2i-stand-in-'));
  try {
    const dockerfile = join(context, 'Dockerfile');
    writeFileSync(dockerfile, recipe.kind === 'debian' ? await debian(recipe, context) : await node(recipe, context));
    succeeded(await engine.build({ context, dockerfile, tags: [recipe.image], isolation: 'chroot', layers: 'one' }));
  } finally {
    rmSync(context, { recursive: true, force: true });
  }
}

async function debian(recipe: DebianRecipe, context: string): Promise<string> {
  const tar = join(context, 'root.tar');
  await execa('mmdebstrap', [...recipe.options, recipe.suite, tar, ...recipe.sources], {
    env: { PATH: programPath, HOME: '/root', LANG: 'C.UTF-8', ...networkEnvironment() },
    extendEnv: false,
  });
  return 'FROM scratch\nADD root.tar /\nCMD ["bash"]\n';
}

async function node(recipe: NodeRecipe, context: string): Promise<string> {
  const local = join(context, 'root/usr/local');
  const npm = join(local, 'lib/node_modules/npm');
  mkdirSync(join(local, 'bin'), { recursive: true });
  mkdirSync(npm, { recursive: true });
  cpSync(join(nodePackage.folder, 'bin/node'), join(local, 'bin/node'));
  for (const name of ['npm', 'npx']) symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, join(local, 'bin', name));
  await execa('tar', ['-xzf', await npmArchive(recipe, context), '-C', npm, '--strip-components=1', '--no-same-owner']);
  return `FROM ${recipe.base.image}\nCOPY root/ /\nCMD ["node"]\n`;
}

/** Downloads npm's own package with the npm of this machine. */
async function npmArchive({ npm, npmIntegrity }: NodeRecipe, folder: string): Promise<string> {
  await execa('npm', ['pack', `npm@${npm}`, '--pack-destination', folder, '--silent'], { cwd: folder });
  const file = join(folder, `npm-${npm}.tgz`);
  const found = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
  if (found !== npmIntegrity) throw new Error(`npm@${npm} is ${found}, not ${npmIntegrity}`);
  return file;
}
