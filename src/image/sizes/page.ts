import { table } from '../markdown.ts';
import { megabytes } from '../measured.ts';
import { APPLICATIONS, type ApplicationName, type Sizes, sizeOf, WAYS, type Way } from './measured.ts';

/** Sizes that others published of the same exercise, as history. Megabytes, as they gave them. */
const HISTORY: readonly (readonly [string, string, string])[] = [
  ['Flask, 2019', 'one stage', '958'],
  ['Flask, 2019', 'Alpine', '139'],
  ['Flask, 2019', 'Alpine, two stages', '125'],
  ['Django and psycopg, 2021', 'one stage', 'more than 1000'],
  ['Django and psycopg, 2021', 'Alpine with compilers', 'just under 400'],
  ['Django and psycopg, 2021', 'Alpine, compilers removed in the same layer', '176'],
  ['Django and psycopg, 2021', 'Alpine, two stages', '155'],
];

/** docs/sizes/README.md. */
export function renderSizesPage(sizes: Sizes): string {
  const { base, date } = sizes;
  return `${[
    '# The same application, six images',
    'Written by `npm run sizes` from what it built and measured; do not edit.',
    `One application of each kind, built in each way on ${base.name} (${megabytes(base.uncompressed)} MB, ${megabytes(base.compressed)} MB compressed; part of every
image but the micro one), x86-64, ${date}. MB are 10^6 bytes: the tars of all layers together, and the same through \`gzip -6\`,
which is what a download moves. *Twice* is what stands in a layer although one below has it already.`,
    ...names().flatMap((name) => [
      `## ${APPLICATIONS[name]}`,
      `![Bar chart of the table below](${name}.svg)`,
      table(['image', 'MB', 'compressed', 'layers', 'twice', ''], rows(sizes, name)),
    ]),
    `The Dockerfiles are in [scripts/sizes](../../scripts/sizes/dockerfiles) and [images/dockerfiles](../../images/dockerfiles). *By hand* are those that
people write without this project, on the same base.`,
    '## Others, earlier',
    'What others published of the same exercise, in their megabytes. Other bases, other versions, other applications: history, no comparison.',
    table(['application', 'image', 'MB'], HISTORY),
  ].join('\n\n')}\n`;
}

function rows(sizes: Sizes, application: ApplicationName): readonly (readonly string[])[] {
  return ways().map((way) => {
    const { uncompressed, compressed, layers, repeated } = sizeOf(sizes, application, way);
    const { title, note } = WAYS[way];
    return [title, megabytes(uncompressed), megabytes(compressed), String(layers), megabytes(repeated), note];
  });
}

export function ways(): readonly Way[] {
  return Object.keys(WAYS) as Way[];
}

export function names(): readonly ApplicationName[] {
  return Object.keys(APPLICATIONS) as ApplicationName[];
}
