import { PINNED, TOOLS_FOLDER } from '../../assemble/installers/pinned.ts';
import { code, type Row, table } from '../markdown.ts';
import { megabytes, totalSize } from '../measured.ts';
import { tags } from '../spec/contract.ts';
import { type Distribution, LEFT_OUT, type LeftOut, PACKAGE_GROUPS, type PackageGroup } from '../spec/distribution.ts';
import type { MeasuredFull } from './measured.ts';

/** The README of one full image: what is in it, what that costs, and how to add what is not. */
export function renderReadme(distribution: Distribution, measured: MeasuredFull): string {
  const { python, title } = distribution;
  return [
    `# Python ${python} on ${title}: full`,
    'Rendered by `npm run images -- render` from src/image and measured.json; do not edit.',
    introduction(distribution, measured),
    '## Contents',
    table(['', 'version'], [...Object.entries(measured.versions), ...toolVersions()]),
    `uv, Poetry, PDM and Pipenv lie packed in \`${TOOLS_FOLDER}\`, so that a build without an index has them too: assemble unpacks the\none that a lock asks for into its temporary folder. They are in no application's environment and not on PATH.`,
    packages(distribution),
    '## Sizes',
    `MB are 10^6 bytes, on x86-64. Layers are counted as uncompressed tars: **${megabytes(totalSize(measured))} MB** together.`,
    table(['layer', 'MB'], [...layerRows(measured), ['**all**', `**${megabytes(totalSize(measured))}**`]]),
    'What each group of packages adds to the files of the second layer, installed in this order; what several need is counted\nwith the first:',
    table(['group', 'MB'], groupRows(distribution, measured)),
    '## What was left out',
    leftOut(distribution, measured),
  ].join('\n\n');
}

function introduction(distribution: Distribution, measured: MeasuredFull): string {
  const [tag = ''] = tags(distribution, 'full');
  return `The builder image with compilers and headers, for applications whose dependencies have to be compiled or that need Node at
build time. \`${tag}\`, ${Math.round(totalSize(measured) / 1e6)} MB. [Using the image](../../../docs/using-the-image.md) shows how.

\`\`\`sh
npm run images -- build --release ${distribution.release}
\`\`\`

builds it with podman, buildah or docker (\`--engine\`) from the Dockerfile beside this page. It is tagged
${tags(distribution, 'full')
  .map((name) => `\`${name}\``)
  .join(', ')}.`;
}

function packages({ packages: all }: Distribution): string {
  const rows = groups().map((group) => [PACKAGE_GROUPS[group], all[group].map(code).join(' ')]);
  return `Installed by name, without recommended packages:\n\n${table(['group', 'packages'], rows)}`;
}

function toolVersions(): readonly Row[] {
  return Object.entries(PINNED).map(([name, [requirement]]) => [name, requirement.replace(/^.*==/, '')]);
}

function layerRows({ layers }: MeasuredFull): readonly Row[] {
  return layers.map(({ what, bytes }) => [what, megabytes(bytes)]);
}

function groupRows({ prune }: Distribution, { groups: sizes, locale, pruned }: MeasuredFull): readonly Row[] {
  return [
    ...groups().map((group) => [PACKAGE_GROUPS[group], megabytes(sizes[group])]),
    ['the locale en_US.UTF-8', megabytes(locale)],
    ...(pruned === 0 ? [] : [[`taken away: ${Object.keys(prune).join(', ')}`, `-${megabytes(pruned)}`]]),
  ];
}

function leftOut(distribution: Distribution, { leftOut: sizes }: MeasuredFull): string {
  const { packageManager, leftOut: names } = distribution;
  const [tag = ''] = tags(distribution, 'full');
  const rows = leftOuts().map((name) => [LEFT_OUT[name], names[name].map(code).join(' '), megabytes(sizes[name])]);
  const commands = [...packageManager.refresh, packageManager.install(names.fortran), ...packageManager.clean];
  return `Few applications need these to be built, because their wheels bring what they need:

${table(['', 'packages', 'MB'], rows)}

An image of your own that has one of them, here the first:

\`\`\`dockerfile
FROM ${tag}
USER 0
RUN ${commands.join(' \\\n && ')}
USER 1001
\`\`\`
`;
}

function groups(): readonly PackageGroup[] {
  return Object.keys(PACKAGE_GROUPS) as PackageGroup[];
}

function leftOuts(): readonly LeftOut[] {
  return Object.keys(LEFT_OUT) as LeftOut[];
}
