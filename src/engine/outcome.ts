import { told } from './cause.ts';
import type { Ended } from './command.ts';
import type { EngineFailure } from './failure.ts';
import type { EngineProgram } from './program.ts';

/** What an engine was asked to do, for the words of its failure. */
export interface Task {
  /** Completes "failed at …". */
  readonly doing: string;
  readonly dockerfile?: string;
  readonly context?: string;
  readonly image?: string;
  readonly container?: string;
  readonly command?: string;
  readonly archive?: string;
}

/** Lines that a message quotes. */
const QUOTED = 20;

/** The failure of a call that did not end as it should. */
export function failureOf({ name: engine, builder }: EngineProgram, { how, lastLines }: Ended, task: Task): EngineFailure {
  const quoted = lastLines.slice(-QUOTED);
  const { doing } = task;
  if (how.kind === 'aborted') return { kind: 'interrupted', engine, doing };
  if (how.kind === 'not-started') return { kind: 'no-engine', tried: [{ name: engine, found: 'no-program' }] };
  if (how.kind === 'signal') return { kind: 'engine-died', engine, doing, how: how.signal, lastLines: quoted };
  const cause = told(lastLines);
  switch (cause?.kind) {
    case 'disk-full':
      return { ...cause, engine, doing };
    case 'engine-unreachable':
    case 'runtime-refused':
      return { ...cause, engine };
    case 'no-buildkit':
      return { kind: 'unsupported', engine, what: `${cause.detail} (builder: ${builder ?? 'unknown'})`, instead: BUILDKIT };
    case 'step-failed':
      return { ...cause, lastLines: quoted };
    case 'source-missing':
      return { ...cause, context: task.context ?? '' };
    case 'dockerfile-invalid':
      return { ...cause, path: task.dockerfile ?? 'The Dockerfile' };
    case 'base-missing':
      return cause;
    case 'image-unknown':
      return { ...cause, engine, image: task.image ?? '' };
    case 'container-unknown':
      return { ...cause, engine, container: task.container ?? '' };
    case 'command-not-started':
      return { ...cause, image: task.image ?? '', command: task.command ?? '' };
    default:
      if (task.archive !== undefined) return { kind: 'archive-invalid', path: task.archive, detail: lastLines.at(-1) ?? '' };
      return { kind: 'engine-failed', engine, doing, status: how.status, lastLines: quoted };
  }
}

const BUILDKIT = 'install the plugin buildx (apt-get install docker-buildx-plugin, or docker-buildx), or build with podman';
