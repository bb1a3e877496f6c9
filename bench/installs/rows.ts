import type { OwnRow } from '../rows.ts';
import { type Build, measureBuild, UV } from './measure.ts';

type Goal = Build & Pick<OwnRow, 'host' | 'title' | 'target'>;

const first = { host: 'node', environment: 'fresh', sources: 'first', incremental: false, settings: {} } as const;

const onNode: readonly Goal[] = [
  {
    ...first,
    id: 'install-uv',
    title: 'first build of 40 packages by uv (against pip)',
    target: 0.5,
    settings: UV,
  },
  { ...first, id: 'install-pip', title: 'first build of 40 packages by pip', target: 1.1 },
  {
    ...first,
    id: 'install-layer',
    title: 'second build after a change of the source, layer reused',
    target: 0.15,
    environment: 'layer',
    sources: 'changed',
  },
  {
    ...first,
    id: 'install-incremental',
    title: 'second build after a change of the source, save-artifacts and assemble',
    target: 0.25,
    sources: 'changed',
    incremental: true,
  },
  {
    ...first,
    id: 'install-bumped',
    title: 'second build with one changed dependency, save-artifacts and assemble',
    target: 0.35,
    sources: 'bumped',
    incremental: true,
  },
  {
    ...first,
    id: 'install-bumped-uv',
    title: 'second build with one changed dependency, save-artifacts and assemble, by uv',
    target: 0.35,
    sources: 'bumped',
    incremental: true,
    settings: UV,
  },
];

const builds: readonly Goal[] = [
  ...onNode,
  ...onNode.map((goal): Goal => ({ ...goal, id: `native-${goal.id}`, title: `native: ${goal.title}`, host: 'native' })),
];

/** Builds of one application with 40 packages from an index on loopback, against the clean build of the baseline. */
export const installRows: readonly OwnRow[] = builds.map(({ id, title, target, host }) => ({
  id,
  title,
  host,
  ...(target === undefined ? {} : { target }),
  measure: (bench) => measureBuild(bench, id, builds),
}));
