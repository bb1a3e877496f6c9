import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { saveArguments } from './arguments/images.ts';
import { callEngine } from './command.ts';
import type { ArchiveFormat, Outcome } from './engine.ts';
import { failureOf } from './outcome.ts';
import type { EngineProgram } from './program.ts';
import { missingFile } from './request-files.ts';

/** Writes beside the wanted name and renames: engines refuse or damage an archive that exists, and leave half of one. */
export async function saveArchive(
  engine: EngineProgram,
  image: string,
  { file, format }: { readonly file: string; readonly format: ArchiveFormat },
): Promise<Outcome<string>> {
  if (engine.name === 'docker' && format !== 'docker-archive') {
    const failure = {
      kind: 'unsupported',
      engine: engine.name,
      what: `write an ${format}`,
      instead: 'podman or buildah can',
    } as const;
    return { ok: false, failure };
  }
  const missing = missingFile([{ what: 'archive-folder', path: dirname(file), kind: 'folder' }]);
  if (missing !== undefined) return { ok: false, failure: missing };
  const part = `${file}.${process.pid}.part`;
  rmSync(part, { force: true });
  try {
    const ended = await callEngine(engine, { argv: saveArguments(engine.name, image, part, format) });
    if (ended.how.kind === 'exit' && ended.how.status === 0 && existsSync(part)) {
      renameSync(part, file);
      return { ok: true, value: file };
    }
    return { ok: false, failure: failureOf(engine, ended, { doing: 'saving an image', image }) };
  } finally {
    rmSync(part, { force: true });
  }
}
