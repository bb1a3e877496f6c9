import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeWithEngine } from '../../engine/support/describe-with-engine.ts';
import { type LockTool, lockedFiles } from '../../support/locks.ts';
import { makeWheel } from '../../support/packages.ts';
import { temporaryDirectory } from '../../support/temporary.ts';
import { images, inContainer, programs } from './support/images.ts';

const greeting = makeWheel({ name: 'greeting', version: '1.0' });

const NODE_HOOKS = ['node', '/usr/libexec/s2i/assemble', '1001'] as const;
const NATIVE_HOOKS = ['native', '/usr/libexec/s2i/s2i-python assemble', '12345:0'] as const;

/** The two kinds of hooks take turns, and so do users. */
const rows = (['uv', 'poetry', 'pdm', 'pipenv'] as const).map(
  (tool, index) => [tool, ...(index % 2 === 0 ? NODE_HOOKS : NATIVE_HOOKS)] as const,
);

describeWithEngine('the packaging tools of the full image', { programs }, () => {
  describe.each(images)('of %s', (_release, _python, image) => {
    test.each(rows)('install a lock without any network: %s, %s hooks', async (tool, _hooks, assemble, user) => {
      const { log, status } = await inContainer(image, buildScript(assemble), {
        user,
        network: 'none',
        volumes: [{ source: lockedProject(tool), target: '/project', access: 'read-only' }],
        environment: { PIP_NO_INDEX: '1' },
      });
      expect([status, log]).toEqual([0, expect.stringContaining('\ngreeting==1.0\n')]);
      expect(log).not.toContain('Fetching');
      // Nothing of the tool is left where it was unpacked, nor in what becomes the application's image.
      expect(log.split('\nleft:')[1]).toBe('');
    });
  });
});

function buildScript(assemble: string): string {
  return `set -e
mkdir -p /tmp/src
cp -r /project/. /tmp/src
touch /tmp/before
${assemble}
pip freeze
echo "left:$(find / -xdev -newer /tmp/before \\( -name 's2i-*' -o -name '*.whl' -o -name virtualenv \\) -not -path '/proc/*' -not -path '*/wheelhouse/*' 2>/dev/null | grep -v '/etc/s2i' || true)"`;
}

/** A project with a lock and, in wheelhouse/, all that it names. */
function lockedProject(tool: LockTool): string {
  const folder = temporaryDirectory();
  const files = lockedFiles(tool, { packages: [greeting], index: 'https://index.invalid/simple' });
  const all = { ...files, 'app.py': 'print("served")\n', [`wheelhouse/${greeting.file}`]: greeting.bytes };
  for (const [name, content] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}
