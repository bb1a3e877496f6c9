import { expect, test } from 'vitest';
import { findFreePort } from '../../src/cli/demo/serve.ts';
import { succeeded } from '../engine/support/engines.ts';
import { fullImage } from '../engine/support/full-images.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { consumerNames } from './support/consumers.ts';
import { printedIn } from './support/look.ts';
import { describeConsumers } from './support/needs.ts';
import { imageName, openConsumer } from './support/open.ts';
import { writeFiles } from './support/project.ts';
import { serve } from './support/serve.ts';

const builder = fullImage('bookworm');

/** A source that uses everything s2i reads of it; its scripts are not executable, which s2i does not mind (A5). */
const files: Readonly<Record<string, string>> = {
  '.s2i/bin/assemble': `#!/bin/sh -e
echo "before the hook: $(cat /opt/app-root/etc/injected/token)"
/usr/libexec/s2i/assemble
echo "after the hook" >by-wrapper.txt
`,
  '.s2i/bin/run': `#!/bin/sh
export WRAPPED=yes
exec /usr/libexec/s2i/run
`,
  '.s2i/environment': '# read by s2i\nGREETING="two words"\nEQUATION=a=b\nLITERAL=$HOME/x\n\n',
  '.s2iignore': '*.md\n!kept.md\nprivate\n',
  'README.md': 'not in the image',
  'kept.md': 'in the image',
  'private/key': 'not in the image',
  'app.py': `import os
from http.server import HTTPServer, BaseHTTPRequestHandler
import signal, sys

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        names = ["GREETING", "EQUATION", "LITERAL", "WRAPPED"]
        lines = [f"{name}={os.environ.get(name)}" for name in names] + sorted(os.listdir("."))
        self.wfile.write("\\n".join(lines).encode())

signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
HTTPServer(("0.0.0.0", int(os.environ["PORT"])), Handler).serve_forever()
`,
};

describeConsumers('all', 'a source with scripts, variables and ignored files of its own, and an injected secret', () => {
  test.each(consumerNames)('by %s', async (name) => {
    const consumer = await openConsumer(name);
    const { engine } = consumer;
    const [source, secret] = [temporaryDirectory(), temporaryDirectory()];
    writeFiles(source, files);
    writeFiles(secret, { token: 'injected words\n' });
    const image = imageName(consumer);
    const options = [`--inject=${secret}:/opt/app-root/etc/injected`];
    const { status, log } = await consumer.build({ builder, source, image, options });
    expect(status, log).toBe(0);
    expect(log).toContain('before the hook: injected words');

    const { environment, command } = succeeded(await engine.inspect(image));
    expect(environment).toMatchObject({ GREETING: '"two words"', EQUATION: 'a=b', LITERAL: '$HOME/x' });
    expect(command.at(-1)).toBe('/tmp/scripts/run');
    const secrets = await printedIn(engine, image, ['sh', '-c', 'cat /opt/app-root/etc/injected/* 2>/dev/null; true']);
    expect(secrets, 'the secret is emptied or removed after the build').toEqual([]);

    const port = await findFreePort();
    const listed = ['GREETING="two words"', 'EQUATION=a=b', 'LITERAL=$HOME/x', 'WRAPPED=yes', 'by-wrapper.txt', 'kept.md'];
    const http = [{ path: '/', status: 200, body: listed }];
    const stop = { signal: 'SIGTERM', withinSeconds: 10, exit: 0 } as const;
    const request = { image, user: '12345:0', environment: { PORT: String(port) } };
    await serve(engine, request, port, { http, log: [], notLog: [], stop });
    const names = await printedIn(engine, image, ['ls', '-A']);
    expect(names).not.toContain('README.md');
    expect(names).not.toContain('private');
  });
});
