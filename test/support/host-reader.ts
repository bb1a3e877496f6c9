import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { Entry, Identity, Listing, ReadLimits, TextRead } from '../../src/execute/reader.ts';
import { createReader } from '../../src/hosts/node/reader.ts';
import { type ReadRequest, readOn } from './reading.ts';

/** The reader of the host under test: on Node in this process, else a process for each question. */
export const hostReader = {
  readText: (path: string, limits?: ReadLimits) =>
    ask({ ask: 'readText', path, ...(limits === undefined ? {} : { limits }) }) as TextRead,
  list: (path: string) => ask({ ask: 'list', path }) as Listing | undefined,
  stat: (path: string) => ask({ ask: 'stat', path }) as Entry | undefined,
  resolve: (path: string) => ask({ ask: 'resolve', path }) as string | undefined,
  executable: (path: string) => ask({ ask: 'executable', path }) as boolean,
  processors: () => ask({ ask: 'processors' }) as number,
  sha256: (text: string) => ask({ ask: 'sha256', text }) as string,
  identity: () => ask({ ask: 'identity' }) as Identity,
};

function ask(request: ReadRequest): unknown {
  return inject('native') === undefined ? readOn(createReader({ environment: new Map() }), request) : askAside(request);
}

export interface Asker {
  readonly uid?: number;
  readonly gid?: number;
  readonly directory?: string;
}

/** Asks in a process of its own. */
export function askAside(request: ReadRequest, { uid, gid, directory = '/' }: Asker = {}): unknown {
  const native = inject('native');
  const json = JSON.stringify(request);
  const [program, args] =
    native === undefined
      ? [process.execPath, ['--no-warnings', join(import.meta.dirname, 'read.ts'), json]]
      : [native.tests, ['read', json]];
  const ids = { ...(uid === undefined ? {} : { uid }), ...(gid === undefined ? {} : { gid }) };
  const { stdout, stderr, status } = spawnSync(program, args, { ...ids, encoding: 'utf8', env: {}, cwd: directory });
  if (status !== 0) throw new Error(`reading failed (${status}): ${stderr}`);
  return (JSON.parse(stdout) as { readonly answer?: unknown }).answer;
}
