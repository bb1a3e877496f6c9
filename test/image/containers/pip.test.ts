import { describe, expect, test } from 'vitest';
import { PIP_VERSION } from '../../../src/image/application.ts';
import { describeWithEngine } from '../../engine/support/describe-with-engine.ts';
import { images, inContainer, printed, programs } from './support/images.ts';

/** Older than the image's, so that it is known whether it is used. */
const OLDER = '25.3';

/** Releases and users take turns. */
const rows = images.map((image, index) => [...image, index % 2 === 0 ? '1001' : '12345:0'] as const);

describeWithEngine('pip of the full image', { programs }, () => {
  describe.each(rows)('of %s', (_release, python, image, user) => {
    const print = (script: string) => printed(image, `set -e\n${script}`, { user });

    test(`is one, by each of its names, as ${user}`, async () => {
      const expected = `pip ${PIP_VERSION} from /usr/lib/s2i/pip/pip (python ${python})`;
      const names = ['pip', 'pip3', `pip${python}`, 'python -m pip', '/opt/app-root/bin/pip'];
      expect(await print(names.map((name) => `${name} --version`).join('\n'))).toEqual(names.map(() => expected));
    });

    test(`[B7] finds an empty environment, as ${user}`, async () => {
      const lines = await print('ls /opt/app-root/lib/python3*/site-packages; pip freeze; pip list --format=freeze; pip check');
      expect(lines).toEqual(['s2i-pip.pth', `pip==${PIP_VERSION}`, 'No broken requirements found.']);
    });

    test(`[B5] has no cache, as ${user}`, async () => {
      const { status, log } = await inContainer(image, 'pip cache dir', { user });
      expect([status, log]).toEqual([1, 'ERROR: pip cache commands can not function since cache is disabled.']);
    });

    test(`installs, builds apart from the environment, and removes, as ${user}`, async () => {
      const lines = await print(
        'pip install -q --no-binary :all: itsdangerous==2.2.0\npip freeze\npip uninstall -q -y itsdangerous\npip freeze; echo end',
      );
      expect(lines.filter((line) => !line.startsWith('['))).toEqual(['itsdangerous==2.2.0', 'end']);
    });

    test(`[B120] is not removed from outside of the environment, nor replaced by itself, as ${user}`, async () => {
      const lines = await print(
        'pip uninstall -y pip\npip --version\npip install -U --no-deps "pip==' +
          PIP_VERSION +
          '"\npython -m ensurepip\nls /opt/app-root/lib/python3*/site-packages',
      );
      expect(lines).toContain('Not uninstalling pip at /usr/lib/s2i/pip, outside environment /opt/app-root');
      expect(lines).toContain(`Requirement already satisfied: pip==${PIP_VERSION} in /usr/lib/s2i/pip (${PIP_VERSION})`);
      expect(lines.filter((line) => /^pip(-|$)/.test(line))).toEqual([]);
    });

    test(`gives way to another version in the environment, and comes back, as ${user}`, async () => {
      const lines = await print(
        `pip install -q pip==${OLDER}\nfor name in pip pip3 "python -m pip"; do $name --version; done\npip list --format=freeze\npip uninstall -q -y pip\npython -m pip --version`,
      );
      const own = `pip ${OLDER} from /opt/app-root/lib/python${python}/site-packages/pip (python ${python})`;
      expect(lines.filter((line) => !line.startsWith('['))).toEqual([
        own,
        own,
        own,
        `pip==${OLDER}`,
        `pip ${PIP_VERSION} from /usr/lib/s2i/pip/pip (python ${python})`,
      ]);
    });

    test(`[B26] [B27] [B29] [B31] serves assemble and its tools, as ${user}`, async () => {
      const lines = await print(
        `export S2I_CA_BUNDLE=/run/secrets/ca.crt
mkdir -p /tmp/src; echo itsdangerous==2.2.0 > /tmp/src/requirements.txt
UPGRADE_PIP_TO_LATEST=1 /usr/libexec/s2i/assemble; echo "now $(pip freeze | grep itsdangerous)"
echo "itsdangerous==2.1.2" > /tmp/src/requirements.txt
ENABLE_MICROPIPENV=1 /usr/libexec/s2i/assemble; echo "now $(pip freeze | grep itsdangerous)"
echo "itsdangerous==2.0.1" > /tmp/src/requirements.txt
ENABLE_PIPENV=1 /usr/libexec/s2i/assemble; echo "now $(pip freeze | grep itsdangerous)"; readlink -f ~/.local/bin/pipenv`,
      );
      expect(lines.filter((line) => line.startsWith('now '))).toEqual([
        'now itsdangerous==2.2.0',
        'now itsdangerous==2.1.2',
        'now itsdangerous==2.0.1',
      ]);
      expect(lines.at(-1)).toBe('/opt/app-root/src/.local/venvs/pipenv/bin/pipenv');
    });
  });

  test('is not taken along by a copy of the environment, which says so', async () => {
    const [, , image] = images[0] ?? ['', '', ''];
    const lines = await printed(
      image,
      `rm -rf /usr/lib/s2i; du -sb --apparent-size /opt/app-root/lib/python3*/site-packages | cut -f 1
python -c 'import sys; print([path for path in sys.path if "s2i" in path])'
pip freeze; echo "status $?"`,
      { user: '0', volumes: [] },
    );
    expect(Number(lines[0])).toBeLessThan(8192);
    expect(lines.slice(1)).toEqual([
      '[]',
      'ERROR: this image has no pip. Install packages in the image that /opt/app-root was copied from.',
      'status 1',
    ]);
  });
});
