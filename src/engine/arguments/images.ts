import type { ArchiveFormat, EngineName } from '../engine.ts';

/** Command lines about images and containers that exist. */

export function inspectArguments(engine: EngineName, image: string): readonly string[] {
  return engine === 'buildah' ? ['inspect', '--type=image', image] : ['image', 'inspect', image];
}

export function tagArguments(engine: EngineName, image: string, name: string): readonly string[] {
  return engine === 'buildah' ? ['tag', image, name] : ['image', 'tag', image, name];
}

export function removeArguments(engine: EngineName, image: string): readonly string[] {
  return engine === 'buildah' ? ['rmi', image] : ['image', 'rm', image];
}

/** docker writes docker-archives only. */
export function saveArguments(engine: EngineName, image: string, file: string, format: ArchiveFormat): readonly string[] {
  switch (engine) {
    case 'podman':
      return ['image', 'save', '--quiet', `--format=${format}`, `--output=${file}`, image];
    case 'buildah':
      return ['push', '--quiet', image, `${format}:${file}:${image}`];
    case 'docker':
      return ['image', 'save', `--output=${file}`, image];
  }
}

export function loadArguments(engine: EngineName, file: string): readonly string[] {
  return engine === 'buildah' ? ['pull', '--quiet', `docker-archive:${file}`] : ['image', 'load', '--quiet', `--input=${file}`];
}

/** At once: what runs is killed. docker always does so. */
export function removeContainerArguments(engine: EngineName, container: string): readonly string[] {
  return ['rm', '--force', ...(engine === 'podman' ? ['--time=0'] : []), container];
}

export function signalArguments(container: string, signal: NodeJS.Signals): readonly string[] {
  return ['kill', `--signal=${signal.slice('SIG'.length)}`, container];
}
