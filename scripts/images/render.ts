import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type RenderedFile, renderImages } from '../../src/image/rendered.ts';
import { renderSizes } from '../../src/image/sizes/rendered.ts';
import { renderPages } from './pages.ts';

/** Writes every rendered file that is not as it should be, and says which. */
export function writeRendered(root: string): void {
  for (const { path, text } of outdated(root)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    process.stdout.write(`wrote ${path}\n`);
  }
}

/** For `npm run check`: a line for each committed file that differs from what is rendered. */
export function checkRendered(root: string): readonly string[] {
  return outdated(root).map(({ path }) => `${path} is old; run npm run images -- render`);
}

function outdated(root: string): readonly RenderedFile[] {
  const files = [...renderImages(root), ...renderPages(root), ...renderSizes(root)];
  return files.filter(({ path, text }) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text);
}
