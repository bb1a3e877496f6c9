import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { onTestFinished } from 'vitest';
import { certificateSecrets, certificateVolumes } from '../../../engine/support/certificates.ts';
import { openEngine } from '../../../engine/support/engines.ts';
import { uniqueImage } from '../../../engine/support/names.ts';
import { sharedStore } from '../../../engine/support/store.ts';
import { temporaryDirectory } from '../../../support/temporary.ts';
import type { Recipe } from '../../support/page.ts';

export interface RecipeBuild {
  readonly recipe: Recipe;
  /** Folder of the application's source. */
  readonly project: string;
  /** Python of the builder image; the page speaks of 3.13. */
  readonly python: string;
  /** Applied to the Dockerfile: for what the page cannot know, as a free port. */
  readonly adapt?: (dockerfile: string) => string;
  /** Texts of more files, by their paths from the folder with the Dockerfile. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Builds an application as the page says, in a folder of its own. The image is gone when the test has finished. */
export async function buildRecipe(
  build: RecipeBuild,
): Promise<{ readonly image: string; readonly log: string; readonly folder: string }> {
  const folder = join(temporaryDirectory(), 'project');
  layFiles(folder, build);
  const image = uniqueImage();
  const log = await runRecipe(build.recipe, folder, image);
  onTestFinished(async () => {
    await (await openEngine('podman')).remove(image);
  });
  return { image, log, folder };
}

function layFiles(folder: string, { recipe, project, python, adapt = (text) => text, files = {} }: RecipeBuild): void {
  const source = recipe.dockerfile.includes('app-src') ? join(folder, 'app-src') : folder;
  mkdirSync(source, { recursive: true });
  cpSync(project, source, { recursive: true });
  const dockerfile = adapt(recipe.dockerfile.replaceAll('3.13', python));
  for (const [name, text] of Object.entries({ ...files, [recipe.file]: `${dockerfile}\n` }))
    writeFileSync(join(folder, name), text);
}

/** Two builds looked at the store at the same time as an image was removed from it (docs/upstream/engines.md, E26). */
const LOST_LAYER = /checking if cached image exists .*: layer not known/;

/** Runs the command of the page in a folder; `podman build` gets what this machine needs of it. Throws its log. */
export async function runRecipe(recipe: Recipe, folder: string, image: string): Promise<string> {
  const machine = `podman() { shift; command podman build --isolation=chroot --network=host ${machineOptions(recipe).join(' ')} "$@"; }`;
  const script = `${machine}\n${recipe.command.replace('my-application', image)}`;
  const run = () =>
    execa('sh', ['-c', script], { cwd: folder, env: sharedStore.environment, extendEnv: false, reject: false, all: true });
  const first = await run();
  const result = LOST_LAYER.test(first.all) ? await run() : first;
  if (result.failed) throw new Error(`${recipe.command}\n${result.all}`);
  return result.all;
}

function machineOptions({ file, dockerfile }: Recipe): readonly string[] {
  const mounted = certificateVolumes().filter(({ target }) => target === '/run/secrets');
  // Both at once would hide one another.
  if (dockerfile.includes('type=secret'))
    return certificateSecrets().map((secret) => `--secret=id=${secret.id},src=${secret.file}`);
  const folders = file === 'sclorg-without-hooks.Dockerfile' ? [...mounted, ...pipSettings()] : mounted;
  return folders.map(({ source, target }) => `--volume=${source}:${target}:ro`);
}

/** For pip without our hooks: where it looks for settings of the whole machine. */
function pipSettings(): readonly { readonly source: string; readonly target: string }[] {
  const source = temporaryDirectory();
  writeFileSync(join(source, 'pip.conf'), '[global]\ncert = /run/secrets/ca.crt\n');
  return [{ source, target: '/etc/xdg/pip' }];
}
