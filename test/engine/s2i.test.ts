import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryDirectory } from '../support/temporary.ts';
import { describeWithEngine } from './support/describe-with-engine.ts';
import { startDockerd } from './support/dockerd.ts';
import { succeeded } from './support/engines.ts';
import { uniqueImage } from './support/names.ts';
import { installS2i } from './support/s2i.ts';
import { tinyBase, tinyContext } from './support/tiny-image.ts';

const scripts = '/usr/libexec/s2i';

/** The least builder that s2i takes: a label, two hooks, a numeric user. */
const builder = `${tinyBase}RUN mkdir -p ${scripts} && mkdir -m 1777 /tmp && mkdir -p /app && chown 1001:0 /app \\
 && printf '#!/bin/sh\\ncp -r /tmp/src/. /app/\\n' >${scripts}/assemble \\
 && printf '#!/bin/sh\\ncat /app/said; exit 5\\n' >${scripts}/run && chmod 755 ${scripts}/*
LABEL io.openshift.s2i.scripts-url="image://${scripts}"
USER 1001
`;

describeWithEngine('the real s2i', { programs: ['dockerd', 'busybox'], when: 'all' }, () => {
  test('builds with the daemon that the tests start, and what it builds runs', async () => {
    const s2i = await installS2i();
    const daemon = await startDockerd();
    onTestFinished(daemon.stop);
    const tag = uniqueImage();
    succeeded(await daemon.engine.build({ ...tinyContext(builder), tags: [tag], network: 'host' }));
    const project = temporaryDirectory();
    writeFileSync(join(project, 'said'), 'of the project\n');
    const application = uniqueImage();
    await execa(s2i, ['build', project, tag, application, '--copy', '--network=host', '--pull-policy=never'], {
      env: daemon.environment,
      extendEnv: false,
    });
    expect(succeeded(await daemon.engine.inspect(application)).command).toEqual([`${scripts}/run`]);
    const lines: string[] = [];
    const run = { image: application, name: 's2i-test-run', network: 'host' } as const;
    expect(succeeded(await daemon.engine.run(run, { onLine: (line) => lines.push(line) }))).toBe(5);
    expect(lines).toEqual(['of the project']);
  });
});
