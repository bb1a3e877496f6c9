import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import fs from 'fs-extra';
import { parseS2iEnvironment } from '../../inspect/s2i-environment.ts';

/** A throw-away image root: what the hooks find in a container, in a temporary folder. */
export interface Sandbox {
  readonly folder: string;
  readonly appRoot: string;
  readonly home: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Variables of the person's shell that would change what is assembled. */
const NOT_INHERITED = /^(PYTHON|VIRTUAL_ENV$|APP_|S2I_|GUNICORN_|WEB_CONCURRENCY$|PORT$|NODE_OPTIONS$|ENABLE_|DISABLE_)/;

/** Copies the project, as s2i does without its history, and builds the environment of the hooks. */
export async function prepareSandbox(project: string): Promise<Sandbox> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 's2i-demo-'));
  const source = join(folder, 'tmp/src');
  const appRoot = join(folder, 'app-root');
  fs.mkdirpSync(source);
  fs.mkdirpSync(join(appRoot, 'src'));
  // cp keeps names that are no UTF-8, links and modes.
  await execa('cp', ['-a', `${project}/.`, source]);
  fs.removeSync(join(source, '.git'));
  const home = join(appRoot, 'src');
  return { folder, appRoot, home, environment: { ...inherited(), ...declared(source), ...fixed(folder, appRoot, home) } };
}

function inherited(): Record<string, string> {
  const entries = Object.entries(process.env).filter(([name, value]) => value !== undefined && !NOT_INHERITED.test(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? '']));
}

function declared(source: string): Readonly<Record<string, string>> {
  const file = join(source, '.s2i/environment');
  return fs.existsSync(file) ? parseS2iEnvironment(fs.readFileSync(file, 'utf8')).variables : {};
}

function fixed(folder: string, appRoot: string, home: string): Record<string, string> {
  const system = process.env.SSL_CERT_FILE ?? '/etc/ssl/certs/ca-certificates.crt';
  return {
    APP_ROOT: appRoot,
    HOME: home,
    S2I_DESTINATION: join(folder, 'tmp'),
    PYTHONUNBUFFERED: '1',
    PYTHONIOENCODING: 'UTF-8',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    ...(fs.existsSync(system) ? { S2I_CA_BUNDLE: system } : {}),
  };
}
