import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import type { Engine } from '../../../src/engine/engine.ts';
import { renderEngineFailure } from '../../../src/engine/words.ts';
import { networkEnvironment, programPath } from '../../engine/support/machine.ts';
import { hookCertificates } from './certificates.ts';

/** Ways in which people build an application from a builder image. */
export const consumerNames = ['s2i', 'as-dockerfile', 'openshift'] as const;
export type ConsumerName = (typeof consumerNames)[number];

export interface ConsumerBuild {
  /** Name of the builder image. */
  readonly builder: string;
  /** Folder of the source. */
  readonly source: string;
  /** Name the application's image gets. */
  readonly image: string;
  /** More options of `s2i build`. */
  readonly options?: readonly string[];
  /** Variables of the build, which stay in the image. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Built {
  /** 0, or what the user of that consumer sees. */
  readonly status: number;
  /** Everything that was printed. */
  readonly log: string;
  /** The same, with the seconds from the beginning at which each line came. */
  readonly lines: readonly TimedLine[];
}

export interface TimedLine {
  readonly text: string;
  readonly seconds: number;
}

export interface Consumer {
  readonly name: ConsumerName;
  /** Has the images that it built, and runs them. */
  readonly engine: Engine;
  readonly build: (request: ConsumerBuild) => Promise<Built>;
}

/** The real program, and what it is called with. */
export interface S2i {
  readonly program: string;
  /** With the address of docker's daemon, where it is used. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Calls `s2i` with any arguments. */
export async function callS2i({ program, environment }: S2i, argv: readonly string[]): Promise<Built> {
  const env = { PATH: programPath, HOME: '/root', LANG: 'C.UTF-8', ...networkEnvironment(), ...environment };
  const clock = startClock();
  const running = execa(program, argv, { env, extendEnv: false, reject: false, all: true, stdin: 'ignore' });
  createInterface({ input: running.all }).on('line', clock.note);
  const { exitCode, all } = await running;
  return { status: exitCode ?? -1, log: all, lines: clock.lines };
}

/** Notes when lines came, for one build in several parts too. */
function startClock(): { readonly lines: readonly TimedLine[]; readonly note: (text: string) => void } {
  const begun = performance.now();
  const lines: TimedLine[] = [];
  return { lines, note: (text) => lines.push({ text, seconds: (performance.now() - begun) / 1000 }) };
}

/** `s2i build` with a daemon: the source is streamed into a container, which is committed. */
export function daemonConsumer(engine: Engine, s2i: S2i): Consumer {
  return {
    name: 's2i',
    engine,
    build: ({ builder, source, image, options = [], environment = {} }) =>
      callS2i(s2i, [
        'build',
        source,
        builder,
        image,
        '--copy',
        '--pull-policy=never',
        '--incremental-pull-policy=never',
        '--network=host',
        ...hookCertificates().map(({ source: folder, target }) => `--volume=${folder}:${target}:ro`),
        ...variables(environment),
        ...options,
      ]),
  };
}

/** `s2i build --as-dockerfile`; buildah builds what it wrote, podman runs it. */
export function dockerfileConsumer(buildah: Engine, podman: Engine, s2i: S2i): Consumer {
  return {
    name: 'as-dockerfile',
    engine: podman,
    build: (request) => buildAsDockerfile(buildah, s2i, request, []),
  };
}

/** What OpenShift's builder gives to s2i of its own accord, after `.s2i/environment` (C1). */
export const openshiftVariables: Readonly<Record<string, string>> = {
  OPENSHIFT_BUILD_NAME: 'app-1',
  OPENSHIFT_BUILD_NAMESPACE: 'project',
  OPENSHIFT_BUILD_SOURCE: 'https://git.example/team/app.git',
  OPENSHIFT_BUILD_REFERENCE: 'main',
  OPENSHIFT_BUILD_COMMIT: '0123456789012345678901234567890123456789',
};

/** OpenShift 4: a Dockerfile too, with its own variables and for users who may not be root. */
export function openshiftConsumer(buildah: Engine, podman: Engine, s2i: S2i): Consumer {
  return {
    name: 'openshift',
    engine: podman,
    build: async (request) => {
      const { value: builder } = { value: await buildah.inspect(request.builder) };
      if (!builder.ok) return { status: 1, log: renderEngineFailure(builder.failure), lines: [] };
      const { user, labels } = builder.value;
      const scripts = labels['io.openshift.s2i.scripts-url'];
      return buildAsDockerfile(buildah, s2i, { ...request, environment: { ...openshiftVariables, ...request.environment } }, [
        '--keep-symlinks',
        '--allowed-uids=1-',
        `--assemble-user=${labels['io.openshift.s2i.assemble-user'] ?? user}`,
        ...(scripts === undefined ? [] : [`--image-scripts-url=${scripts}`]),
      ]);
    },
  };
}

async function buildAsDockerfile(
  buildah: Engine,
  s2i: S2i,
  { builder, source, image, options = [], environment = {} }: ConsumerBuild,
  more: readonly string[],
): Promise<Built> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 's2i-consumers-'));
  try {
    const context = join(folder, 'context');
    mkdirSync(context);
    const dockerfile = join(context, 'Dockerfile');
    const argv = ['build', source, builder, image, '--copy', `--as-dockerfile=${dockerfile}`];
    const written = await callS2i(s2i, [...argv, ...variables(environment), ...more, ...options]);
    if (written.status !== 0) return written;
    const clock = startClock();
    // One layer, as buildah makes without an option: with more, what s2i copies and removes later would stay in the image.
    const request = { context, dockerfile, tags: [image], network: 'host', isolation: 'chroot', layers: 'one' } as const;
    const outcome = await buildah.build({ ...request, volumes: hookCertificates(), cache: 'ignore' }, { onLine: clock.note });
    if (!outcome.ok) clock.note(renderEngineFailure(outcome.failure));
    const log = [written.log, ...clock.lines.map(({ text }) => text)].join('\n');
    return { status: outcome.ok ? 0 : 1, log, lines: clock.lines };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function variables(environment: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(environment).map(([name, value]) => `--env=${name}=${value}`);
}
