import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Bench } from './bench.ts';
import { packages } from './installs/measure.ts';
import { takeTurns } from './measure.ts';
import type { Measured } from './report/results.ts';
import { installing, NO_PIP, pip } from './root/applications.ts';
import { inRoot } from './root/overlay.ts';
import { imageEnvironment, places, user } from './root/places.ts';
import { assembleIn } from './root/stored.ts';
import type { OwnRow } from './rows.ts';

const application = `import alembic.command, celery, dateutil.parser, django.db.models, fastapi, flask, flask_sqlalchemy
import httpx, marshmallow, redis, requests, rich.console, sqlalchemy.orm, uvicorn, yaml

if __name__ == "__main__":
    pass
`;

/** The same environment with pip's own bytecode, which tells by the times of its sources whether it is valid. */
const TIMESTAMPS = 'imports-timestamps';
const OURS = 'imports';

/**
 * How long an application imports where nothing can be written, once with the bytecode that assemble leaves and once with pip's,
 * both after the times of all files were set to the same, as builders do that want equal layers from equal sources.
 */
export const importRow: OwnRow = {
  id: 'import',
  title: 'import of 40 packages, all mtimes the same (against bytecode by timestamps)',
  target: 0.45,
  host: 'node',
  measure,
};

async function measure({ job, contenders }: Bench): Promise<Pick<Measured, 'ours' | 'baseline'> | string> {
  const root = contenders.find(({ name }) => name === 'node')?.root;
  if (root === undefined) return 'there are no hooks to assemble with';
  const at = (...names: readonly string[]) => join(root.path, places.bench, ...names);
  mkdirSync(at(OURS));
  await installing(root, OURS, async () => {
    await inRoot(root, ['/usr/bin/python3', '-m', 'venv', places.appRoot]);
    // As assemble has pip install them.
    await pip(root, ['--no-compile', ...packages]);
  });
  mkdirSync(at(OURS, 'src'));
  writeFileSync(at(OURS, 'src/app.py'), application);
  await execa('cp', ['-a', at(OURS), at(TIMESTAMPS)]);
  // What pip does unless it is told not to.
  const compile = ['-m', 'compileall', '-q', join(places.bench, TIMESTAMPS)];
  await inRoot(root, ['/usr/bin/python3', ...compile]);
  writeFileSync(at(OURS, 'bin/pip'), NO_PIP);
  await execa('chown', ['-hR', `${user.id}:${user.group}`, at(OURS)]);
  await assembleIn(root, OURS);
  for (const name of [OURS, TIMESTAMPS]) await seal(at(name));
  const turns = [OURS, TIMESTAMPS].map((name) => ({
    name,
    root: root.path,
    directory: join(places.bench, name, 'src'),
    argv: [join(places.bench, name, 'bin/python'), 'app.py'],
    environment: { ...imageEnvironment, PATH: '/usr/bin:/bin' },
    until: { exit: 0 },
    user: user.id,
    group: user.group,
    prepare: { kind: 'nothing' as const },
  }));
  const { [OURS]: ours = [], [TIMESTAMPS]: baseline = [] } = await takeTurns(
    job.project,
    { rounds: Math.min(job.rounds, 5), warmups: 1 },
    turns,
  );
  return { ours, baseline };
}

/** Every file as old as any other, and none that the user of the image may write. */
async function seal(folder: string): Promise<void> {
  await execa('chown', ['-hR', '0:0', folder]);
  await execa('chmod', ['-R', 'go-w', folder]);
  await execa('find', [folder, '-exec', 'touch', '-h', '-d', '@1700000000', '{}', '+']);
}
