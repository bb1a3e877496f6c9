import { describe, expect, test } from 'vitest';
import { environment, labels } from '../../../src/image/spec/contract.ts';
import { findDistribution } from '../../../src/image/spec/distributions.ts';
import { describeWithEngine } from '../../engine/support/describe-with-engine.ts';
import { openEngine, succeeded } from '../../engine/support/engines.ts';
import { images, inContainer, printed, programs, users } from './support/images.ts';

describeWithEngine('the full image', { programs }, () => {
  describe.each(images)('of %s', (release, python, image) => {
    test('[B2] [B3] [B4] [B6] says what it is', async () => {
      const facts = succeeded(await (await openEngine('podman')).inspect(image));
      const distribution = findDistribution(release);
      expect(facts).toMatchObject({
        user: '1001',
        directory: '/opt/app-root/src',
        ports: ['8080/tcp'],
        volumes: [],
        onBuild: [],
        entrypoint: ['/usr/bin/container-entrypoint'],
        command: ['/usr/libexec/s2i/usage'],
        environment: distribution === undefined ? {} : environment(distribution, 'full'),
      });
      const version = facts.labels['org.opencontainers.image.version'] ?? '';
      expect(facts.labels).toMatchObject(distribution === undefined ? {} : labels(distribution, 'full', version));
    });

    test('[B1] [B129] prints usage and ends with 0 when it is run', async () => {
      const { status, log } = await inContainer(image, []);
      expect(status).toBe(0);
      expect(log).toContain(`This is an S2I builder image for Python ${python} on Debian GNU/Linux`);
    });

    test('[B128] prints usage from bash too', async () => {
      expect((await printed(image, '/usr/libexec/s2i/usage')).length).toBeGreaterThan(10);
    });

    test('[B107] has the locale en_US.UTF-8, with its sorting and its separators', async () => {
      const ask =
        'import locale; print(locale.setlocale(locale.LC_ALL, ""), locale.strcoll("a", "B"), locale.localeconv()["thousands_sep"])';
      const lines = await printed(image, `locale -a; python -c '${ask}'; locale 2>&1 >/dev/null`);
      expect(lines).toContain('en_US.utf8');
      const [locale, order, separator] = (lines.at(-1) ?? '').split(' ');
      expect([locale, Number(order) < 0, separator]).toEqual(['en_US.UTF-8', true, ',']);
    });

    test('[B2] knows its user', async () => {
      expect(await printed(image, 'whoami; id -g; getent passwd 1001')).toEqual([
        'default',
        '0',
        'default:x:1001:0:Default Application User:/opt/app-root/src:/bin/bash',
      ]);
    });

    test.each([
      ['a command of its own', ['python', '-c', 'import sys; print(sys.prefix)']],
      ['bash', ['bash', '-c', 'python -c "import sys; print(sys.prefix)"']],
      ['a login shell', ['bash', '-lc', 'python -c "import sys; print(sys.prefix)"']],
      ['a shell as for postCommit', ['/bin/sh', '-ic', 'python -c "import sys; print(sys.prefix)"']],
      ['a line of a Dockerfile', ['/bin/sh', '-c', 'python -c "import sys; print(sys.prefix)"']],
    ])('[B9] [B130] finds the Python of the application first: %s', async (_, command) => {
      expect((await printed(image, command)).at(-1)).toBe('/opt/app-root');
    });

    test('[B10] has compilers, headers, Apache, git, Node and npm', async () => {
      const lines = await printed(
        image,
        `for program in gcc g++ make git apxs pkg-config init-wrapper curl rsync unzip xz less ps envsubst; do command -v $program; done
node --version; npm --version; npx --version
pg_config --version; mariadb_config --version; xslt-config --version; krb5-config --version
for package in libxml-2.0 openssl libffi sqlite3 zlib liblzma ldap libsasl2; do pkg-config --exists $package && echo $package; done
test -e /usr/include/python${python}/Python.h && ls /usr/lib/*/libnss_wrapper.so`,
      );
      expect(lines.filter((line) => line.startsWith('/')).length).toBe(14 + 1);
      expect(lines.filter((line) => /^v?\d+\.\d+\.\d+$/.test(line)).length).toBeGreaterThanOrEqual(3);
      expect(lines).toContain('libsasl2');
      expect(lines.filter((line) => /^(lib|openssl|sqlite3|zlib|ldap)/.test(line)).length).toBe(8);
    });

    test.each(users)('[B11] lets %s write where applications do', async (user) => {
      const places =
        '/opt/app-root /opt/app-root/src /opt/app-root/etc /opt/app-root/bin /opt/app-root/lib/python3*/site-packages /tmp';
      expect(
        await printed(image, `for place in ${places}; do touch $place/x || echo "no: $place"; done; id -g`, { user }),
      ).toEqual(['0']);
    });

    test('[B12] leaves nothing behind of how it was made', async () => {
      const lines = await printed(
        image,
        `cd /; ls -d var/lib/apt/lists/* var/log/*.log root/.cache root/.npm opt/app-root/src/.[a-z]* opt/app-root/.gitignore usr/lib/s2i/pip/bin 2>/dev/null
find tmp run/secrets var/tmp -mindepth 1
find opt/app-root \\( -not -group 0 -o -not -user 1001 -o -not -perm -g=r -o -type d -not -perm -g=rwx \\) -not -type l
stat -c %a /usr /usr/bin /usr/lib /etc /opt
true`,
        { volumes: [], user: '0' },
      );
      expect(lines.filter((line) => line !== '' && !line.startsWith('run/secrets'))).toEqual(['755', '755', '755', '755', '755']);
    });

    test('[B8] keeps PATH as it is in nested shells and in activated ones', async () => {
      const lines = await printed(
        image,
        'echo $PATH; bash -c "bash -c \\"echo \\\\$PATH\\""; . /opt/app-root/bin/activate; which python',
      );
      expect(lines[1]).toBe(lines[0]);
      expect(lines[0]).toContain('/opt/app-root/src/.local/bin:/opt/app-root/src/bin:/opt/app-root/bin:');
      expect(lines[2]).toBe('/opt/app-root/bin/python');
    });

    test('[B120] lets npm install for Node in the application folder', async () => {
      const script = `set -e; npm init -y >/dev/null; npm install --silent --no-audit --no-fund mkdirp
node -e 'require("mkdirp").sync("one/two")'; ls -d one/two`;
      const environment = { NODE_EXTRA_CA_CERTS: '/run/secrets/ca.crt', npm_config_update_notifier: 'false' };
      expect((await printed(image, script, { user: '12345:0', environment })).at(-1)).toBe('one/two');
    });

    test('passes on variables whose names no shell can set', async () => {
      const ask = 'import os; print(os.environ["a.b"])';
      expect(await printed(image, ['python', '-c', ask], { environment: { 'a.b': 'kept' } })).toEqual(['kept']);
    });

    test('ends with the status of the command, and 127 for one that is not there', async () => {
      expect((await inContainer(image, ['python', '-c', 'raise SystemExit(5)'])).status).toBe(5);
      const { status, log } = await inContainer(image, ['no-such-program']);
      expect([status, /no-such-program.*not found/.test(log)]).toEqual([127, true]);
    });
  });
});
