import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, inject, onTestFinished, test } from 'vitest';
import { fetchPage } from '../../src/cli/demo/serve.ts';
import { openEngine } from '../engine/support/engines.ts';
import { uniqueImage, uniqueName } from '../engine/support/names.ts';
import { sharedStore } from '../engine/support/store.ts';
import { readCommands } from '../image/support/page.ts';
import { readApps } from '../support/app-case.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { hookCertificates } from './support/certificates.ts';
import { describeConsumers } from './support/needs.ts';
import { imageName, openConsumer } from './support/open.ts';
import { copyProject, type Project } from './support/project.ts';

/** What the page says, word by word. */
const IMAGES = 'npm run build && npm run images -- build';
const S2I = 's2i build . s2i-python:3.13 my-application';
const DOCKERFILE = `mkdir ../build
s2i build . s2i-python:3.13 --as-dockerfile ../build/Dockerfile
podman build --layers=false -t my-application ../build`;
const RUN = 'podman run -p 8080:8080 my-application';
const READ_ONLY = 'podman run -p 8080:8080 --read-only --tmpfs /tmp my-application';
const COMMAND = 'podman run --rm my-application python --version';
const ALL_IMAGES = 'npm run build && npm run images -- build --flavour all';
const OPENSHIFT = 'oc new-app my-registry/s2i-python:3.13~https://git.example/you/application.git';

test('the page has no command that is not tried here, but one for a cluster and what prepares these tests', () => {
  expect(readCommands()).toEqual([IMAGES, S2I, DOCKERFILE, ALL_IMAGES, RUN, READ_ONLY, COMMAND, OPENSHIFT]);
});

describeConsumers('all', 'the commands of the page', () => {
  test('s2i with a daemon', async () => {
    const consumer = await openConsumer('s2i');
    const image = imageName(consumer);
    const { source } = await copyFlask();
    await call(S2I, { source, image });
    expect((await consumer.engine.inspect(image)).ok).toBe(true);
  });

  test('s2i without a daemon, and containers of what podman built', async () => {
    const image = uniqueImage();
    onTestFinished(async () => {
      await (await openEngine('podman')).remove(image);
    });
    const { source, port } = await copyFlask();
    await call(DOCKERFILE, { source, image });
    for (const command of [RUN, READ_ONLY]) {
      const name = uniqueName();
      const ended = start(command, { source, image, port, name });
      const page = await fetchPage(`http://127.0.0.1:${port}/`, { ended: ended.then(({ status }) => status) }, 60);
      expect(page).toMatchObject({ status: 200 });
      await podman('stop', name);
      expect((await ended).status).toBe(0);
      await podman('rm', name);
    }
    expect(await call(COMMAND, { source, image })).toMatch(/^Python 3\.13\.\d+$/m);
  });
});

interface Calling {
  /** Folder the command is called in. */
  readonly source: string;
  /** For `my-application`. */
  readonly image: string;
  readonly port?: number;
  /** Of the container. */
  readonly name?: string;
}

async function copyFlask(): Promise<Project> {
  const app = readApps().find(({ name }) => name === 'flask-gunicorn');
  if (app === undefined) throw new Error('flask-gunicorn is gone');
  const project = await copyProject(app, inject('consumers').index);
  // Beside it the page makes another folder.
  const source = join(temporaryDirectory(), 'project');
  cpSync(project.source, source, { recursive: true });
  return { ...project, source };
}

async function podman(...argv: readonly string[]): Promise<void> {
  await execa('podman', argv, { env: sharedStore.environment, extendEnv: false });
}

/** Answers what was printed. */
async function call(command: string, calling: Calling): Promise<string> {
  const { status, log } = await start(command, calling);
  expect(status, log).toBe(0);
  return log;
}

/** The page's own words, with the names of this test; the programs get what this machine needs of them. */
async function start(
  command: string,
  { source, image, port = 0, name = uniqueName() }: Calling,
): Promise<{ readonly status: number; readonly log: string }> {
  const { program, docker } = inject('consumers');
  const mounts = hookCertificates().map(({ source: folder, target }) => `--volume=${folder}:${target}:ro`);
  const machine = `podman() {
  verb=$1; shift
  case $verb in
    build) command podman build --isolation=chroot --network=host ${mounts.join(' ')} "$@" ;;
    run) command podman run --network=host --ulimit=host --env=PORT=${port} --name=${name} "$@" ;;
  esac
}
s2i() {
  case $* in
    *--as-dockerfile*) ${program} "$@" --copy ;;
    *) DOCKER_HOST=${docker.DOCKER_HOST} ${program} "$@" --copy --pull-policy=never --network=host ${mounts.join(' ')} ;;
  esac
}`;
  const words = command.replaceAll('my-application', image).replaceAll(' s2i-python:', ' localhost/s2i-python:');
  const options = { cwd: source, env: sharedStore.environment, extendEnv: false, all: true, reject: false } as const;
  const { exitCode, all } = await execa('sh', ['-ec', `${machine}\n${words}`], options);
  return { status: exitCode ?? -1, log: all };
}
