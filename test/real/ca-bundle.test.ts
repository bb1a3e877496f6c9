import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Authority, makeAuthority } from '../support/certificates.ts';
import { assemble, runHook, startHook } from '../support/hooks.ts';
import { type LoopbackIndex, startIndex } from '../support/loopback-index.ts';
import { canMount, isRoot } from '../support/machine.ts';
import { makeWheel, packageProject } from '../support/packages.ts';
import { createSandbox, type Sandbox, writeSource } from '../support/sandbox.ts';
import { filesWith } from '../support/search.ts';

/** What a package's build may reach out with. Each must see the index, whose certificate nobody else trusts. */
const PROBES = `
import subprocess
import urllib.request


def probe(origin):
    said = ["urllib: " + urllib.request.urlopen(origin + "/hello").read().decode()]
    for name, command in {
        "curl": ["curl", "-sS", "--fail", origin + "/hello"],
        "git": ["git", "ls-remote", origin + "/repository.git"],
        "npm": ["npm", "view", "--registry", origin + "/npm/", "greeting", "version"],
    }.items():
        try:
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
            said.append(name + ": " + done.stdout.decode().strip())
        except FileNotFoundError:
            said.append(name + ": not installed")
    return "\\n".join(said) + "\\n"
`;

const commit = '0123456789abcdef0123456789abcdef01234567';
const manifest = {
  name: 'greeting',
  'dist-tags': { latest: '1.2.3' },
  versions: { '1.2.3': { name: 'greeting', version: '1.2.3', dist: { tarball: 'none' } } },
};

let authority: Authority;
let index: LoopbackIndex;
beforeAll(async () => {
  authority = makeAuthority();
  index = await startIndex([makeWheel({ name: 'greeting-words', version: '1.0.3' })], {
    tls: authority,
    silent: ['never-answered'],
    pages: {
      '/hello': 'trusted',
      '/repository.git/info/refs': `${commit}\trefs/heads/main\n`,
      '/repository.git/HEAD': 'ref: refs/heads/main\n',
      '/npm/greeting': JSON.stringify(manifest),
    },
  });
});
afterAll(() => index.close());

/** A sandbox whose only bundle is the one given; the tests' machine has none to offer. */
function sandboxWith(bundle: string | undefined): Sandbox {
  const environment = { PIP_CONFIG_FILE: '/dev/null', PIP_RETRIES: '0', PIP_INDEX_URL: index.url };
  const sandbox = createSandbox({ environment: { ...environment, S2I_CA_BUNDLE: '' } });
  onTestFinished(sandbox.remove);
  writeSource(sandbox, { 'requirements.txt': 'greeting-words==1.0.3\n' });
  const path = join(sandbox.folder, 'ca.crt');
  if (bundle !== undefined) writeFileSync(path, bundle);
  const named = bundle === undefined ? {} : { S2I_CA_BUNDLE: path };
  return { ...sandbox, environment: { ...sandbox.environment, ...named } };
}

/** A line of the certificate that stands in no other. */
function fingerprint({ ca }: Authority): string {
  return ca.split('\n')[5] ?? '';
}

/** What a build of ours left in the folder that was its TMPDIR; pip leaves its own when it is stopped. */
function leftovers({ destination }: Sandbox): readonly string[] {
  return readdirSync(destination).filter((name) => name.startsWith('s2i-'));
}

describe('the bundle of S2I_CA_BUNDLE', () => {
  test('reaches pip, Python, curl, git and npm, and nothing of it remains', async () => {
    const sandbox = sandboxWith(authority.ca);
    const files = packageProject('prober', '1.0');
    const backend = `${files['build_tools/backend.py']}${PROBES}
with open("probed.txt", "w") as report:
    report.write(probe(${JSON.stringify(index.origin)}))
`;
    writeSource(sandbox, { ...files, 'build_tools/backend.py': backend });
    const { log } = await assemble(sandbox);
    expect(log).toContain('Successfully installed greeting-words-1.0.3');
    expect(readFileSync(join(sandbox.home, 'probed.txt'), 'utf8').split('\n')).toEqual([
      'urllib: trusted',
      'curl: trusted',
      `git: ${commit}\tHEAD`,
      `${commit}\trefs/heads/main`,
      expect.stringMatching(/^npm: (1\.2\.3|not installed)$/),
      '',
    ]);
    expect(leftovers(sandbox)).toEqual([]);
    expect(filesWith(sandbox.appRoot, [fingerprint(authority), 's2i-ca-'])).toEqual([]);
  });

  test('is gone after a build that failed, too', async () => {
    const sandbox = sandboxWith(authority.ca);
    writeSource(sandbox, { 'requirements.txt': 'not-there==1.0\n' });
    await assemble(sandbox, { exit: 1 });
    expect(leftovers(sandbox)).toEqual([]);
    expect(filesWith(sandbox.appRoot, [fingerprint(authority)])).toEqual([]);
  });

  test('is gone after a build that was stopped, too', async () => {
    const sandbox = sandboxWith(authority.ca);
    writeSource(sandbox, { 'requirements.txt': 'never-answered==1.0\n' });
    const building = startHook('assemble', sandbox);
    await expect.poll(() => index.requests, { timeout: 60_000 }).toContain('GET /simple/never-answered/ -');
    expect(leftovers(sandbox)).not.toEqual([]);
    process.kill(building.pid, 'SIGTERM');
    expect(await building.ended, building.log()).toBe(128 + 15);
    expect(leftovers(sandbox)).toEqual([]);
  });

  test('is missed where it is not given: the error says how to mount it', async () => {
    const { exit, stderr } = await runHook('assemble', sandboxWith(undefined));
    expect(exit).not.toBe(0);
    expect(stderr).toContain('S2I_CA_BUNDLE');
  });

  test.runIf(isRoot)('that cannot be read is an error that names uid=1001, before anything is moved', async () => {
    const sandbox = sandboxWith(authority.ca);
    const path = sandbox.environment.S2I_CA_BUNDLE ?? '';
    chmodSync(path, 0o600);
    const { exit, stdout, stderr } = await runHook('assemble', sandbox);
    expect(exit).toBe(1);
    expect(stderr).toContain(`ERROR: The CA bundle ${path} cannot be read: permission denied (EACCES)`);
    expect(stderr).toContain('uid=1001');
    expect(stdout.toString()).not.toContain('--->');
    expect(existsSync(join(sandbox.source, 'requirements.txt'))).toBe(true);
  });
});

describe('a bundle mounted at /run/secrets/ca.crt', () => {
  test.runIf(canMount)('is trusted without any setting', async () => {
    const sandbox = sandboxWith(authority.ca);
    const bundle = sandbox.environment.S2I_CA_BUNDLE ?? '';
    const mounts = `mount -t tmpfs tmpfs /run\nmkdir /run/secrets\ncp '${bundle}' /run/secrets/ca.crt`;
    const { log } = await assemble(sandbox, { environment: { S2I_CA_BUNDLE: undefined }, mounts });
    expect(log).toContain('Certificates of /run/secrets/ca.crt are trusted');
    expect(log).toContain('Successfully installed greeting-words-1.0.3');
  });
});
