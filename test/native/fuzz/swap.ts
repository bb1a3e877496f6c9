/** `swap.ts ROOT OUTSIDE SEED`: until it is ended, entries of a tree change places, and directories become links and back. */
import { lstatSync, mkdirSync, readdirSync, renameSync, symlinkSync, unlinkSync } from 'node:fs';
import { createRandom } from './random.ts';

const [root = '', outside = '', seed = '0'] = process.argv.slice(2);
const random = createRandom(Number(seed));

function join(directory: Buffer, name: Buffer | string): Buffer {
  return Buffer.concat([directory, Buffer.from('/'), Buffer.from(name)]);
}

function someDirectory(): Buffer {
  let at: Buffer = Buffer.from(root);
  for (let depth = random.below(4); depth > 0; depth -= 1) {
    const names = readdirSync(at, { encoding: 'buffer' });
    const name = names[random.below(names.length || 1)];
    if (name === undefined || !lstatSync(join(at, name)).isDirectory()) break;
    at = join(at, name);
  }
  return at;
}

function swap(): void {
  const directory = someDirectory();
  const names = readdirSync(directory, { encoding: 'buffer' });
  const [one, other] = [names[random.below(names.length || 1)], names[random.below(names.length || 1)]];
  if (one === undefined || other === undefined) return;
  const aside = join(directory, `aside${random.below(3)}`);
  renameSync(join(directory, one), aside);
  const kind = random.below(4);
  if (kind === 0) symlinkSync(`${outside}/folder`, join(directory, one));
  else if (kind === 1) mkdirSync(join(directory, one));
  else if (kind === 2) renameSync(join(directory, other), join(directory, one));
  if (random.chance(2)) {
    if (kind === 0) unlinkSync(join(directory, one));
    renameSync(aside, join(directory, one));
  }
}

process.stdout.write('ready\n');
for (;;) {
  try {
    swap();
  } catch (error) {
    // What it wanted to move is gone: the walk, or an earlier swap, was there before.
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}
