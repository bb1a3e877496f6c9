import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What to make: a text is a file, `{ link }` a symbolic link, `{ mode }` a file or directory with a mode, null a directory. */
export type TreeSpec = Readonly<Record<string, string | null | { readonly link: string }>>;

/** Makes files, directories (null) and links. Names are byte strings: `caf\xe9` is four bytes. */
export function makeTree(root: string, spec: TreeSpec): void {
  for (const [name, content] of Object.entries(spec)) {
    const path = at(root, name);
    mkdirSync(Buffer.from(dirname(path.toString('latin1')), 'latin1'), { recursive: true });
    if (content === null) mkdirSync(path, { recursive: true });
    else if (typeof content === 'string') writeFileSync(path, content);
    else symlinkSync(content.link, path);
  }
}

/** The tree as such a spec again: every entry, with the content of files. */
export function readTree(root: string): TreeSpec {
  const found: Record<string, TreeSpec[string]> = {};
  const visit = (below: string): void => {
    for (const name of readdirSync(at(root, below), { encoding: 'latin1' }).sort()) {
      const path = below === '' ? name : `${below}/${name}`;
      const stats = lstatSync(at(root, path));
      if (stats.isDirectory()) {
        found[path] = null;
        visit(path);
      } else if (stats.isSymbolicLink()) found[path] = { link: readlinkSync(at(root, path)) };
      else found[path] = stats.isFile() ? readFileSync(at(root, path), 'utf8') : 'special';
    }
  };
  visit('');
  return found;
}

function at(root: string, name: string): Buffer {
  return Buffer.from(name === '' ? root : `${root}/${name}`, 'latin1');
}
