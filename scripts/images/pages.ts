import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RenderedFile } from '../../src/image/rendered.ts';

/** Pages that show Dockerfiles of images/dockerfiles. */
const PAGES = ['docs/using-the-image.md'];

/** A block of code after a comment that names its file: `<!-- images/dockerfiles/assemble.Dockerfile -->`. */
const BLOCK = /(<!-- (images\/dockerfiles\/\S+) -->\n```dockerfile\n)[\s\S]*?(\n```)/g;

/** The pages with the Dockerfiles as they are: the files are what tests build, the pages what people copy. */
export function renderPages(root: string): readonly RenderedFile[] {
  return PAGES.map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    const filled = text.replace(BLOCK, (_, before: string, file: string, after: string) => {
      return `${before}${readFileSync(join(root, file), 'utf8').trimEnd()}${after}`;
    });
    return { path, text: filled };
  });
}
