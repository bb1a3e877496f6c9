import { appendFileSync, chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import type { Contender, Job } from '../bench.ts';
import { installing } from '../root/applications.ts';
import { addBaseline, addNativeHooks, addOurHooks, addUser, lay } from '../root/hooks.ts';
import { inRoot, mountRootInMemory, type Root } from '../root/overlay.ts';
import { places, user } from '../root/places.ts';
import { at, type SourcesName } from './places.ts';
import { type Downloads, olderRequirementsOf, requirementsOf } from './wheels.ts';

/** An application that imports what one usually does. */
const application = `import redis
import requests
import sqlalchemy.orm
from fastapi import FastAPI

app = FastAPI()


@app.get("/")
def hello():
    return "Hello"
`;

/**
 * The root of one contender, for nothing but these rows. What is written is in memory: where thousands of files are, the weather
 * of a disk would be all that is measured.
 */
export async function layRoot(job: Job, name: Contender['name'], { wheels, uv }: Downloads): Promise<Root> {
  const root = await mountRootInMemory(join(job.folder, 'installs', name));
  mkdirSync(join(root.path, places.bench), { recursive: true });
  addUser(root);
  switch (name) {
    case 'node':
      addOurHooks(root, job);
      break;
    case 'native':
      addNativeHooks(root, job.native ?? '');
      break;
    case 'baseline':
      await addBaseline(root, job.baseline ?? '');
      break;
  }
  await layEnvironments(root, name === 'baseline' ? job.baseline : undefined);
  laySources(root, wheels);
  if (name !== 'baseline') layTool(root, uv);
  return root;
}

/** The environment of an image, without any package; with what `baseline` lays over it, where it is given. */
async function layEnvironments(root: Root, baseline: string | undefined): Promise<void> {
  const name = 'installs/fresh';
  const folder = join(root.path, places.bench, name);
  mkdirSync(folder, { recursive: true });
  await installing(root, name, async () => {
    await inRoot(root, ['/usr/bin/python3', '-m', 'venv', places.appRoot]);
  });
  appendFileSync(join(folder, 'bin/activate'), '\nunset BASH_ENV PROMPT_COMMAND ENV\n');
  mkdirSync(join(folder, 'src'));
  if (baseline !== undefined) lay(join(baseline, 'root', places.appRoot), folder);
  await execa('chown', ['-hR', `${user.id}:${user.group}`, folder]);
  await execa('chmod', ['-R', 'g+rwX', folder]);
  // Environments are moved there by the user of the image.
  chmodSync(join(root.path, dirname(places.appRoot)), 0o777);
}

/** The application, as it is built first and as it is changed. */
function laySources(root: Root, wheels: string): void {
  const names = readdirSync(wheels);
  const before = lines(olderRequirementsOf(names));
  const changed = `${application}\n\n@app.get("/more")\ndef more():\n    return "More"\n`;
  const sources: Readonly<Record<SourcesName, Readonly<Record<string, string>>>> = {
    manifests: { 'requirements.txt': before },
    first: { 'requirements.txt': before, 'main.py': application },
    changed: { 'requirements.txt': before, 'main.py': changed },
    bumped: { 'requirements.txt': lines(requirementsOf(names)), 'main.py': application },
  };
  for (const [name, files] of Object.entries(sources)) {
    const folder = join(root.path, at.sources, name);
    mkdirSync(folder, { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  }
}

function lines(requirements: ReadonlyMap<string, string>): string {
  return [...requirements].map(([name, version]) => `${name}==${version}\n`).join('');
}

/** uv as the full image has it. */
function layTool(root: Root, uv: string): void {
  const place = join(root.path, at.uv);
  mkdirSync(dirname(place), { recursive: true });
  if (!existsSync(place)) copyFileSync(uv, place);
}
