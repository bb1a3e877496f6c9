import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { inRoot, type Root, showAt } from './overlay.ts';
import { imageEnvironment, places, user } from './places.ts';
import { stubProgram } from './stub.ts';

/** Folders below /opt/bench that stand in for /opt/app-root, one for each thing measured. */
export const applications = [
  'flask',
  'django',
  'flask-stored',
  'django-stored',
  'app-py',
  'app-sh',
  'assemble',
  'assemble-compiled',
  'assemble-many',
  'serve',
  'serve-mod-wsgi',
] as const;
export type Application = (typeof applications)[number];

/** Everything is installed already. */
export const NO_PIP = '#!/bin/sh\nexit 0\n';

const wsgi = 'from flask import Flask\n\napplication = Flask(__name__)\n';

const served = `${wsgi}\n\n@application.route("/")\ndef hello():\n    return "Hello"\n`;

const asgi = `async def application(scope, receive, send):
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"Hello"})
`;

/** Builds the applications with real packages, and puts stubs in the place of what a hook starts last. */
export async function buildApplications(root: Root): Promise<void> {
  const at = (name: Application, ...rest: readonly string[]) => join(root.path, places.bench, name, ...rest);
  mkdirSync(at('flask'), { recursive: true });
  await installing(root, 'flask', async () => {
    await inRoot(root, ['/usr/bin/python3', '-m', 'venv', places.appRoot]);
    await pip(root, ['gunicorn', 'Flask']);
  });
  appendFileSync(at('flask', 'bin/activate'), '\nunset BASH_ENV PROMPT_COMMAND ENV\n');
  await copyTo(at('flask'), [at('django'), at('app-py'), at('app-sh'), at('assemble')]);
  await installing(root, 'django', async () => {
    await pip(root, ['Django']);
    mkdirSync(join(root.path, places.home));
    await inRoot(root, [`${places.appRoot}/bin/django-admin`, 'startproject', 'project', places.home]);
  });

  const stub = stubProgram(process.arch);
  write(at('flask', 'src/requirements.txt'), 'gunicorn\nFlask\n');
  write(at('flask', 'src/wsgi.py'), wsgi);
  write(at('django', 'src/requirements.txt'), 'gunicorn\nDjango\n');
  cpSync(at('django', 'src/project/wsgi.py'), at('django', 'src/wsgi.py'));
  for (const name of ['flask', 'django'] as const) {
    replace(at(name, 'bin/gunicorn'), stub);
    await copyTo(at(name), [at(`${name}-stored`)]);
    replace(at(`${name}-stored`, 'bin/pip'), NO_PIP);
  }
  write(at('app-py', 'src/app.py'), 'print("Hello")\n');
  for (const python of ['python', 'python3']) replace(at('app-py', 'bin', python), stub);
  write(at('app-sh', 'src/app.sh'), '#!/bin/sh\nexit 42\n', 0o755);
  mkdirSync(at('assemble', 'src'));
  replace(at('assemble', 'bin/pip'), NO_PIP);
  await copyTo(at('assemble'), [at('assemble-compiled')]);
  dropCompiled(at('assemble'));
  await copyTo(at('assemble'), [at('assemble-many')]);
  writeSources(root);
}

function writeSources(root: Root): void {
  const at = (name: string) => join(root.path, places.sources, name);
  write(at('requirements.txt'), 'gunicorn\nFlask\n');
  write(at('wsgi.py'), wsgi);
  write(at('README.md'), '# An application\n');
}

/** Leaves packages as they are without compiled code: the baseline does not ask what libraries that needs. */
function dropCompiled(folder: string): void {
  const files = readdirSync(join(folder, 'lib'), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, 'lib', name));
  for (const file of files.filter((name) => name.endsWith('.so'))) rmSync(file);
  for (const file of files.filter((name) => name.endsWith('.dist-info/WHEEL'))) {
    writeFileSync(file, readFileSync(file, 'utf8').replace('Root-Is-Purelib: false', 'Root-Is-Purelib: true'));
  }
}

/** What mod_wsgi is compiled with. */
export const APXS = '/usr/bin/apxs';

/** Two applications that are really served; with mod_wsgi where it can be compiled. */
export async function buildServed(root: Root): Promise<void> {
  const at = (name: Application, ...rest: readonly string[]) => join(root.path, places.bench, name, ...rest);
  mkdirSync(at('serve'));
  await installing(root, 'serve', async () => {
    await inRoot(root, ['/usr/bin/python3', '-m', 'venv', places.appRoot]);
    await pip(root, ['gunicorn', 'Flask', 'uvicorn']);
  });
  appendFileSync(at('serve', 'bin/activate'), '\nunset BASH_ENV PROMPT_COMMAND ENV\n');
  write(at('serve', 'src/wsgi.py'), served);
  write(at('serve', 'src/asgi.py'), asgi);
  await copyTo(at('serve'), [at('serve-mod-wsgi')]);
  if (existsSync(APXS)) await installing(root, 'serve-mod-wsgi', () => pip(root, ['mod_wsgi']));
}

/** The baseline starts mod_wsgi by a script only. */
export function addScript(root: Root): void {
  const script = '#!/bin/sh\nexec mod_wsgi-express start-server wsgi.py --port 8080 --log-to-terminal\n';
  write(join(root.path, places.bench, 'serve-mod-wsgi/src/app.sh'), script, 0o755);
}

/** `packages` times `modules` files next to what pip installed. */
export function addPackages(upper: string, python: string, packages: number, modules: number): void {
  const library = join(upper, places.bench, 'assemble-many', 'lib', python, 'site-packages');
  for (let number = 0; number < packages; number += 1) {
    const folder = join(library, `package_${number}`);
    mkdirSync(folder);
    for (let module = 0; module < modules; module += 1)
      writeFileSync(join(folder, `module_${module}.py`), `NUMBER = ${module}\n`);
  }
}

/** `folders` times `files` files for fix-permissions. */
export function addTree(upper: string, folders: number, files: number): void {
  for (let number = 0; number < folders; number += 1) addFolder(join(upper, places.tree, `folder-${number}`), files);
}

/** A folder with so many empty files. */
export function addFolder(folder: string, files: number): void {
  mkdirSync(folder, { recursive: true });
  for (let file = 0; file < files; file += 1) writeFileSync(join(folder, `file-${file}.txt`), '');
}

/** Gives everything to the user of the image, as an image has it. */
export async function giveAway(upper: string): Promise<void> {
  const folder = join(upper, places.bench);
  await execa('chown', ['-hR', `${user.id}:${user.group}`, folder]);
  await execa('chmod', ['-R', 'g+rwX', folder]);
}

export async function installing(root: Root, name: string, work: () => Promise<void>): Promise<void> {
  const hide = showAt(root, join(places.bench, name), places.appRoot);
  await work();
  hide();
}

export async function pip(root: Root, packages: readonly string[]): Promise<void> {
  const options = ['--quiet', '--no-cache-dir', '--disable-pip-version-check'];
  const env = { ...imageEnvironment, ...networkEnvironment() };
  await inRoot(root, [`${places.appRoot}/bin/pip`, 'install', ...options, ...packages], env);
}

/** What pip needs to know of this machine to reach its index. */
export function networkEnvironment(): Readonly<Record<string, string>> {
  const certificates = process.env.SSL_CERT_FILE ?? '/etc/ssl/certs/ca-certificates.crt';
  const passed = Object.entries(process.env).filter(([name]) => /^(https?_proxy|no_proxy|pip_index_url)$/i.test(name));
  return {
    ...Object.fromEntries(passed.map(([name, value]) => [name, value ?? ''])),
    ...(existsSync(certificates) ? { PIP_CERT: certificates } : {}),
  };
}

async function copyTo(from: string, folders: readonly string[]): Promise<void> {
  for (const folder of folders) await execa('cp', ['-a', from, folder]);
}

function write(path: string, content: string, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content, { mode });
}

/** The place may be taken by a link, which must not be written through. */
function replace(path: string, content: string | Buffer): void {
  rmSync(path, { force: true });
  writeFileSync(path, content, { mode: 0o755 });
}
