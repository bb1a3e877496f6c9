import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findFreePort } from '../../../src/cli/demo/serve.ts';
import { environment, labels } from '../../../src/image/spec/contract.ts';
import { serve } from '../../consumers/support/serve.ts';
import { describeWithEngine } from '../../engine/support/describe-with-engine.ts';
import { openEngine, succeeded } from '../../engine/support/engines.ts';
import { wantsAll } from '../../engine/support/machine.ts';
import { readApps } from '../../support/app-case.ts';
import { temporaryDirectory } from '../../support/temporary.ts';
import { readRecipes } from '../support/page.ts';
import { inContainer, printed, programs, smallImages, users } from './support/images.ts';
import { buildRecipe } from './support/recipes.ts';

/** Imports every extension module; then certificates, time zones, the locale with its order, the user, prompts on a terminal. */
const LOOK = `
import importlib, json, locale, os, pathlib, pty, pwd, socket, ssl, sys, zoneinfo

def answers(*words):
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, *words])
    os.write(terminal, b"6 * 7 * 1001\\nexit()\\n")
    seen = b""
    try:
        while part := os.read(terminal, 4096):
            seen += part
    except OSError:
        os.waitpid(child, 0)
    return b"42042" in seen

broken = []
for file in pathlib.Path(os.__file__).with_name("lib-dynload").iterdir():
    try:
        importlib.import_module(file.name.split(".")[0])
    except ImportError as error:
        broken.append(str(error))
print(json.dumps({
    "broken": broken,
    "authorities": len(ssl.create_default_context().get_ca_certs()) > 100,
    "zones": len(zoneinfo.available_timezones()) > 400,
    "locale": locale.setlocale(locale.LC_ALL, ""),
    "before": locale.strcoll("a", "B") < 0,
    "user": [pwd.getpwuid(os.getuid()).pw_name, pwd.getpwuid(os.getuid()).pw_dir, os.getgid()],
    "lookup": socket.gethostbyname("localhost"),
    "prompts": [answers(), answers("-m", "asyncio")],
}))
`;

/** The last stage is what is shown; what is built in the full image elsewhere is built in the minimal one here. */
const recipes = { minimal: 'minimal.Dockerfile', micro: 'full-to-micro.Dockerfile' };
const inMinimal = (text: string) => text.replace(/^(FROM s2i-python:[\d.]+) AS build/m, '$1-minimal AS build');

describeWithEngine('without compilers', { programs }, () => {
  describe.each(smallImages)('the %s image of %s', (flavour, _release, distribution, image) => {
    const build = (project: string, files: Readonly<Record<string, string>> = {}) => {
      const recipe = readRecipes().find(({ file }) => file === recipes[flavour]);
      if (recipe === undefined) throw new Error(`the page has no ${recipes[flavour]}`);
      return buildRecipe({ recipe, project, python: distribution.python, adapt: inMinimal, files });
    };

    test('[B2] [B3] [B4] [B6] says what it is', async () => {
      const facts = succeeded(await (await openEngine('podman')).inspect(image));
      expect(facts).toMatchObject({
        user: '1001',
        directory: '/opt/app-root/src',
        ports: ['8080/tcp'],
        volumes: [],
        onBuild: [],
        entrypoint: ['/usr/bin/container-entrypoint'],
        command: ['/usr/libexec/s2i/usage'],
        environment: environment(distribution, flavour),
      });
      const version = facts.labels['org.opencontainers.image.version'] ?? '';
      expect(facts.labels).toMatchObject(labels(distribution, flavour, version));
    });

    test('[B1] prints usage and ends with 0 when it is run', async () => {
      const { status, log } = await inContainer(image, []);
      const what = flavour === 'micro' ? 'This image runs applications of' : 'This is an S2I builder image for';
      expect([status, log]).toEqual([0, expect.stringContaining(`${what} Python ${distribution.python} on Debian`)]);
    });

    test('[B107] has a whole Python: extension modules, certificates, time zones, locale, user', async () => {
      const [line = ''] = await printed(image, ['python3', '-c', LOOK]);
      expect(JSON.parse(line)).toEqual({
        broken: [],
        authorities: true,
        zones: true,
        locale: flavour === 'micro' ? 'C.UTF-8' : 'en_US.UTF-8',
        before: flavour !== 'micro',
        user: ['default', '/opt/app-root/src', 0],
        lookup: '127.0.0.1',
        prompts: [true, true],
      });
    });

    test.each([
      ['0', []],
      ['5', ['python3', '-c', 'raise SystemExit(5)']],
      ['127', ['no-such-program']],
    ])('ends with the status %s of its command', async (status, command) => {
      expect(String((await inContainer(image, command)).status)).toBe(status);
    });

    test.each(wantsAll ? users : users.slice(1, 2))('runs Flask with gunicorn as %s', async (user) => {
      const app = readApps().find(({ name }) => name === 'flask-gunicorn');
      if (app?.run === undefined) throw new Error('flask-gunicorn is gone');
      const { image: built } = await build(app.project);
      const port = await findFreePort();
      const request = {
        image: built,
        user,
        passwd: 'image',
        environment: { PORT: String(port), ...app.run.readOnly?.environment },
      } as const;
      const readOnly = { rootFilesystem: 'read-only', temporary: ['/tmp'], capabilities: 'none' } as const;
      await serve(await openEngine('podman'), { ...request, ...readOnly }, port, { ...app.run, log: [] });
    });

    if (flavour === 'micro') {
      test('says of a shell script that it cannot be started, and which image can', async () => {
        const { image: built } = await build(scriptProject());
        const { status, log } = await inContainer(built, ['/usr/libexec/s2i/run']);
        expect(status).toBe(127);
        expect(log).toContain('app.sh is run by /bin/bash, which is not there: this is a micro image');
        expect(log).toContain(`FROM s2i-python:${distribution.python}-minimal`);
      });
    } else {
      test('[B5] [B7] has one pip, outside of the environment, that builds, installs and makes environments', async () => {
        const lines = await printed(
          image,
          `set -e
pip --version
pip freeze
pip install -q --no-binary :all: itsdangerous==2.2.0
pip freeze
pip check
/usr/bin/python3 -m venv /tmp/other && /tmp/other/bin/pip --version
! pip cache dir`,
        );
        expect(lines.map((line) => line.replace(/ from .*/, ''))).toEqual([
          'pip 26.3',
          'itsdangerous==2.2.0',
          'No broken requirements found.',
          'pip 26.3',
          expect.stringContaining('cache is disabled'),
        ]);
      });

      test('says of a package without a wheel that it has no compiler, and what to do', async () => {
        const project = temporaryDirectory();
        writeFileSync(join(project, 'requirements.txt'), 'markupsafe==3.0.3 --no-binary markupsafe\nuwsgi==2.0.31\n');
        writeFileSync(join(project, 'app.py'), '');
        await expect(build(project)).rejects.toThrow(/uwsgi[\s\S]*the minimal one has none[\s\S]*COPY --from=build/i);
      });
    }
  });
});

/** A project of nothing but a shell script. */
function scriptProject(): string {
  const project = temporaryDirectory();
  writeFileSync(join(project, 'app.sh'), '#!/bin/bash\nexec sleep 60\n', { mode: 0o755 });
  return project;
}
