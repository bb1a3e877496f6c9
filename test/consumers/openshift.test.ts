import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { runContainer } from '../engine/support/containers.ts';
import { openEngine, succeeded } from '../engine/support/engines.ts';
import { fullImage } from '../engine/support/full-images.ts';
import { readApps } from '../support/app-case.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { hookCertificates } from './support/certificates.ts';
import { openshiftVariables } from './support/consumers.ts';
import { describeConsumers } from './support/needs.ts';
import { imageName, openConsumer } from './support/open.ts';
import { copyProject } from './support/project.ts';
import { serve } from './support/serve.ts';

/** What a postCommit checks: the application's packages, and the environment as an interactive shell has it. */
const CHECK = `python -c 'import flask, sys; assert sys.prefix == "/opt/app-root"' && pip --version && test "$PWD" = /opt/app-root/src`;

describeConsumers('all', 'OpenShift', () => {
  test('builds for users who may not be root, runs postCommit, and the image as a user of its own', async () => {
    const app = readApps().find(({ name }) => name === 'flask-gunicorn');
    if (app?.run === undefined) throw new Error('flask-gunicorn is gone');
    const consumer = await openConsumer('openshift');
    const { source, port, environment, runEnvironment } = await copyProject(app, inject('consumers').index);
    const image = imageName(consumer);
    const built = await consumer.build({ builder: fullImage('trixie'), source, image, environment });
    expect(built.status, built.log).toBe(0);
    expect(succeeded(await consumer.engine.inspect(image)).environment).toMatchObject(openshiftVariables);

    expect(await postCommit(image, CHECK)).toBe('');
    expect(await postCommit(image, 'exit 9')).toContain('9');
    const request = {
      image,
      user: '1000660000:0',
      rootFilesystem: 'read-only',
      temporary: ['/tmp'],
      capabilities: 'none',
    } as const;
    // CRI-O may add a line for the user, or not.
    for (const passwd of ['engine', 'image'] as const) {
      const { status, log } = await runContainer(consumer.engine, { ...request, passwd, command: ['/bin/sh', '-ic', CHECK] });
      expect(status, log).toBe(0);
      await serve(consumer.engine, { ...request, passwd, environment: runEnvironment }, port, app.run);
    }
  });

  test('an assemble user of root is refused before anything is built', async () => {
    const consumer = await openConsumer('openshift');
    const source = temporaryDirectory();
    const image = imageName(consumer);
    const options = ['--assemble-user=0'];
    const { status, log } = await consumer.build({ builder: fullImage('trixie'), source, image, options });
    expect(status, log).toBe(15);
    expect((await consumer.engine.inspect(image)).ok).toBe(false);
  });
});

/** Appends the step that OpenShift appends; answers what it failed with, or nothing. */
async function postCommit(image: string, script: string): Promise<string> {
  const buildah = await openEngine('buildah');
  const context = temporaryDirectory();
  const dockerfile = join(context, 'Dockerfile');
  writeFileSync(dockerfile, `FROM ${image}\nRUN ${JSON.stringify(['/bin/sh', '-ic', script])}\n`);
  const volumes = hookCertificates();
  const request = { context, dockerfile, tags: [], network: 'host', isolation: 'chroot', cache: 'ignore', volumes } as const;
  const outcome = await buildah.build(request);
  if (outcome.ok) {
    await buildah.remove(outcome.value);
    return '';
  }
  return outcome.failure.kind === 'step-failed' ? String(outcome.failure.status) : outcome.failure.kind;
}
