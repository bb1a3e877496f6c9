import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { execa } from 'execa';
import { prepareSandbox, type Sandbox } from './prepare.ts';
import { fetchPage, findFreePort, type Server, startServer } from './serve.ts';

const root = join(import.meta.dirname, '../../..');
const hooks = join(root, 's2i/bin');
const started = performance.now();

function tell(text: string): void {
  process.stdout.write(`${text}\n`);
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

async function assemble(sandbox: Sandbox): Promise<boolean> {
  const begun = performance.now();
  tell(`==> assemble (${join(hooks, 'assemble')})`);
  const { exitCode } = await execa(join(hooks, 'assemble'), {
    cwd: sandbox.home,
    env: sandbox.environment,
    extendEnv: false,
    stdin: 'ignore',
    stdout: 'inherit',
    stderr: 'inherit',
    reject: false,
  });
  tell(`==> assemble ended with ${exitCode} after ${seconds(begun)}`);
  return exitCode === 0;
}

async function serve(sandbox: Sandbox, keep: boolean): Promise<boolean> {
  const begun = performance.now();
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}/`;
  const server = startServer(hooks, sandbox, port);
  const page = await fetchPage(url, server, 60);
  tell(`==> run\n${readFileSync(server.log, 'utf8').trimEnd()}`);
  if ('problem' in page) tell(`==> ${page.problem}`);
  else
    tell(
      `==> GET ${url} answered HTTP ${page.status} after ${seconds(begun)}\n${page.body.split('\n').slice(0, 20).join('\n').trimEnd()}`,
    );
  const good = 'status' in page && page.status === 200;
  if (keep && good) {
    server.process.unref();
    tell(`==> It keeps running: ${url}\n    stop it: kill ${server.process.pid}; its files: ${sandbox.folder}`);
  } else await stop(server);
  return good;
}

async function stop(server: Server): Promise<void> {
  const begun = performance.now();
  if (server.process.exitCode === null) server.process.kill('SIGTERM');
  const kill = setTimeout(() => server.process.kill('SIGKILL'), 15_000);
  const end = await server.ended;
  clearTimeout(kill);
  tell(`==> stopped by TERM after ${seconds(begun)}, exit status ${end}`);
}

async function demo(folder: string, { keep }: { keep: boolean }): Promise<void> {
  const project = resolve(folder);
  if (!existsSync(project)) {
    process.stderr.write(`ERROR: ${folder} does not exist. Give a folder with a Python application.\n`);
    process.exitCode = 2;
    return;
  }
  tell(`==> ${project}`);
  const sandbox = await prepareSandbox(project);
  const good = (await assemble(sandbox)) && (await serve(sandbox, keep));
  if (!(keep && good)) rmSync(sandbox.folder, { recursive: true, force: true });
  tell(`==> ${good ? 'done' : 'failed'} after ${seconds(started)}`);
  process.exitCode = good ? 0 : 1;
}

await new Command('bin/demo')
  .description('Assembles an application without a container engine, starts it, fetches its page and stops it.')
  .argument('[DIR]', 'folder of the application; it is left as it is', join(root, 'examples/flask-hello'))
  .option('--keep', 'leave the application running and print its address', false)
  .action(demo)
  .parseAsync();
