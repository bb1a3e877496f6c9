import { saveArchive } from './archive.ts';
import { buildCall, unsupportedBuild } from './arguments/build.ts';
import * as images from './arguments/images.ts';
import { runCall } from './arguments/run.ts';
import { callEngine } from './command.ts';
import type { BuildRequest, Engine, Outcome, RunRequest, Watch } from './engine.ts';
import { parseFacts, withoutAlgorithm } from './facts.ts';
import { failureOf, type Task } from './outcome.ts';
import type { Call, EngineProgram } from './program.ts';
import { missingFile } from './request-files.ts';
import { withTemporaryFile } from './temporary-file.ts';

/** The port of an engine that was found on this machine. */
export function createEngine(engine: EngineProgram): Engine {
  const { name, version } = engine;
  return {
    name,
    version,
    build: (request, watch) => build(engine, request, watch),
    inspect: async (image) => {
      const printed = await simply(engine, images.inspectArguments(name, image), { doing: 'reading an image', image });
      return printed.ok ? { ok: true, value: parseFacts(name, printed.value) } : printed;
    },
    saveArchive: (image, archive) => saveArchive(engine, image, archive),
    loadArchive: async (file) => {
      const missing = missingFile([{ what: 'archive', path: file, kind: 'file' }]);
      if (missing !== undefined) return { ok: false, failure: missing };
      return simply(engine, images.loadArguments(name, file), { doing: 'loading an archive', archive: file });
    },
    tag: (image, tag) => simply(engine, images.tagArguments(name, image, tag), { doing: 'naming an image', image }),
    remove: (image) => simply(engine, images.removeArguments(name, image), { doing: 'removing an image', image }),
    run: (request, watch) => run(engine, request, watch),
    signal: (container, signal) =>
      simply(engine, images.signalArguments(container, signal), { doing: 'sending a signal', container }),
  };
}

async function build(engine: EngineProgram, request: BuildRequest, watch: Watch | undefined): Promise<Outcome<string>> {
  const { name } = engine;
  const unsupported = unsupportedBuild(engine, request);
  if (unsupported !== undefined) return { ok: false, failure: { kind: 'unsupported', engine: name, ...unsupported } };
  const missing = missingFile([
    { what: 'context', path: request.context, kind: 'folder' },
    { what: 'dockerfile', path: request.dockerfile, kind: 'file' },
    ...(request.secrets ?? []).map(({ file }) => ({ what: 'secret', path: file, kind: 'file' }) as const),
    ...(request.volumes ?? []).map(({ source }) => ({ what: 'volume', path: source, kind: 'any' }) as const),
  ]);
  if (missing !== undefined) return { ok: false, failure: missing };
  const task: Task = { doing: 'the build', dockerfile: request.dockerfile, context: request.context };
  return withTemporaryFile(async (idFile) => {
    const ended = await callEngine(engine, buildCall(engine, request, idFile.path), watch);
    if (ended.how.kind !== 'exit' || ended.how.status !== 0) return { ok: false, failure: failureOf(engine, ended, task) };
    const id = withoutAlgorithm(idFile.read());
    if (id !== '') return { ok: true, value: id };
    // podman that is asked to end says that all went well (docs/upstream/engines.md, E9).
    const { lastLines } = ended;
    return { ok: false, failure: { kind: 'engine-died', engine: name, doing: task.doing, how: 'left-nothing', lastLines } };
  });
}

async function run(engine: EngineProgram, request: RunRequest, watch: Watch | undefined): Promise<Outcome<number>> {
  if (engine.name === 'buildah') {
    const failure = {
      kind: 'unsupported',
      engine: engine.name,
      what: 'run containers',
      instead: 'podman uses the same images',
    } as const;
    return { ok: false, failure };
  }
  const missing = missingFile(
    (request.volumes ?? []).map(({ source }) => ({ what: 'volume', path: source, kind: 'any' }) as const),
  );
  if (missing !== undefined) return { ok: false, failure: missing };
  // The container is no child of the engine's client: ending the client leaves it running.
  const removal = { argv: images.removeContainerArguments(engine.name, request.name) };
  const remove = () => callEngine(engine, removal);
  watch?.signal?.addEventListener('abort', remove, { once: true });
  const ended = await callEngine(engine, runCall(engine, request), watch);
  watch?.signal?.removeEventListener('abort', remove);
  if (ended.how.kind === 'exit' && !saysItself(ended.how.status, ended.lastLines)) return { ok: true, value: ended.how.status };
  if (ended.how.kind !== 'exit') await remove();
  const task: Task = { doing: 'running a container', image: request.image, command: request.command?.[0] ?? 'its command' };
  return { ok: false, failure: failureOf(engine, ended, task) };
}

/** Status 125 to 127 with the engine's own words: the container's command may end with these numbers too. */
function saysItself(status: number, lastLines: readonly string[]): boolean {
  return status >= 125 && status <= 127 && lastLines.some((line) => /^(Error: |docker: )/.test(line));
}

async function simply(engine: EngineProgram, argv: Call['argv'], task: Task): Promise<Outcome<string>> {
  const ended = await callEngine(engine, { argv });
  if (ended.how.kind === 'exit' && ended.how.status === 0) return { ok: true, value: ended.stdout };
  return { ok: false, failure: failureOf(engine, ended, task) };
}
