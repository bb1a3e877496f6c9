import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A path nothing stands at yet, for an engine to write to; `read` answers '' when it did not. */
export async function withTemporaryFile<Value>(
  use: (file: { readonly path: string; readonly read: () => string }) => Promise<Value>,
): Promise<Value> {
  const folder = mkdtempSync(join(tmpdir(), 's2i-engine-'));
  const path = join(folder, 'id');
  try {
    return await use({ path, read: () => readIfThere(path) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
