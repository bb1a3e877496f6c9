import { expect, inject, test } from 'vitest';
import type { ImageFacts } from '../../src/engine/engine.ts';
import { succeeded } from '../engine/support/engines.ts';
import { fullImage } from '../engine/support/full-images.ts';
import { readApps } from '../support/app-case.ts';
import { type ConsumerName, consumerNames, openshiftVariables } from './support/consumers.ts';
import { leftoversIn } from './support/look.ts';
import { describeConsumers } from './support/needs.ts';
import { imageName, openConsumer } from './support/open.ts';
import { copyProject } from './support/project.ts';
import { serve } from './support/serve.ts';

const builder = fullImage('trixie');

/** The start of each consumer; a Dockerfile of s2i gives it to a shell (A10). */
const commands: Readonly<Record<ConsumerName, readonly string[]>> = {
  s2i: ['/usr/libexec/s2i/run'],
  'as-dockerfile': ['/bin/sh', '-c', '/usr/libexec/s2i/run'],
  openshift: ['/bin/sh', '-c', '/usr/libexec/s2i/run'],
};

describeConsumers('smoke', 'a Flask application', () => {
  test.each(consumerNames)('by %s: what was committed, nothing left over, served and stopped', async (name) => {
    const app = readApps().find((one) => one.name === 'flask-gunicorn');
    if (app?.run === undefined) throw new Error('flask-gunicorn is gone');
    const consumer = await openConsumer(name);
    const { engine } = consumer;
    const { source, port, environment, runEnvironment } = await copyProject(app, inject('consumers').index);
    const image = imageName(consumer);
    const { status, log } = await consumer.build({ builder, source, image, environment });
    expect(status, log).toBe(0);

    const [before, after] = [succeeded(await engine.inspect(builder)), succeeded(await engine.inspect(image))];
    const variables = { ...environment, ...(name === 'openshift' ? openshiftVariables : {}) };
    expectCommitted(before, after, variables);
    expect(after.command).toEqual(commands[name]);
    expect(await leftoversIn(engine, image)).toEqual([]);
    const any = { user: '100001:0', rootFilesystem: 'read-only', temporary: ['/tmp'], capabilities: 'none' } as const;
    await serve(engine, { ...any, image, environment: runEnvironment }, port, app.run);
  });
});

/** Everything of the builder stays, and what the build was given comes to it. */
function expectCommitted(before: ImageFacts, after: ImageFacts, variables: Readonly<Record<string, string>>): void {
  expect(after).toMatchObject({
    user: '1001',
    directory: before.directory,
    entrypoint: before.entrypoint,
    ports: ['8080/tcp'],
    volumes: [],
    onBuild: [],
  });
  expect(after.environment).toMatchObject({ ...before.environment, ...variables });
  expect(after.labels).toMatchObject({
    'io.openshift.s2i.scripts-url': 'image:///usr/libexec/s2i',
    'io.openshift.s2i.build.image': builder,
    'org.opencontainers.image.title': before.labels['org.opencontainers.image.title'],
  });
}
