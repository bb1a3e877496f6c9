import { places } from '../root/places.ts';

/** Where things of these rows are inside a root. */
export const at = {
  environments: `${places.bench}/installs`,
  sources: `${places.bench}/installs-sources`,
  /** Where s2i puts what save-artifacts gave. */
  artifacts: '/tmp/artifacts',
  /** Emptied before each turn; on the file system of the application, so that environments can be moved. */
  work: '/opt/work',
  uv: '/usr/lib/s2i/tools/uv.tar.gz',
} as const;

/** In a network of their own. */
export const port = 8099;
export const indexUrl = `http://127.0.0.1:${port}/simple`;

/** What lies below `at.environments`: as the image has it, with a layer of dependencies, and built whole, by pip and by uv. */
export type EnvironmentName = 'fresh' | Made;

export type Made = 'layer' | 'built' | 'built-uv';

/** What lies below `at.sources`: manifests alone, the application, with changed source, and with another version of a package too. */
export type SourcesName = 'manifests' | 'first' | 'changed' | 'bumped';
