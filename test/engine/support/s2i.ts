import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { programFolder } from './places.ts';

/**
 * The real s2i program. Compiled once from test/engine/s2i, whose go.sum fixes every module: `go install …@v1.6.3` asks for a
 * list of versions, which not every module proxy gives.
 */
export async function installS2i(): Promise<string> {
  const program = programFile();
  if (existsSync(program)) return program;
  const go = findGo();
  if (go === undefined) throw new Error(reasonAgainstS2i());
  mkdirSync(programFolder, { recursive: true });
  const part = `${program}.${process.pid}.part`;
  const argv = ['build', '-trimpath', `-tags=${TAGS}`, '-o', part, 'github.com/openshift/source-to-image/cmd/s2i'];
  try {
    await execa(go, argv, { cwd: module, env: { CGO_ENABLED: '0', GOFLAGS: '', GOTOOLCHAIN: 'auto' } });
    renameSync(part, program);
    return program;
  } finally {
    rmSync(part, { force: true });
  }
}

/** Why s2i cannot be had here; undefined when it is there or can be compiled. */
export function reasonAgainstS2i(): string | undefined {
  if (existsSync(programFile()) || findGo() !== undefined) return undefined;
  return `s2i is compiled by Go ${OLDEST.join('.')} or newer, which is not installed`;
}

const module = join(import.meta.dirname, '../s2i');

function programFile(): string {
  return join(programFolder, `s2i-${digest(join(module, 'go.mod'), join(module, 'go.sum'))}`);
}

/** Drivers and signatures that need headers of C libraries, and that no test needs. */
const TAGS = 'exclude_graphdriver_btrfs,containers_image_openpgp';

/** From this version on Go fetches the newer one that go.mod asks for. */
const OLDEST = [1, 21] as const;

function findGo(): string | undefined {
  return ['go', '/usr/local/go/bin/go', '/usr/lib/go/bin/go'].find((program) => {
    const version = /go(\d+)\.(\d+)/.exec(spawnSync(program, ['version'], { encoding: 'utf8' }).stdout ?? '');
    return version !== null && Number(version[1]) >= OLDEST[0] && Number(version[2]) >= OLDEST[1];
  });
}

function digest(...files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}
