import { APPLICATIONS, type ApplicationName, type Sizes, sizeOf, WAYS } from './measured.ts';
import { ways } from './page.ts';

/** Pixels. */
const WIDTH = 760;
const LABELS = 170;
const FIGURES = 130;
const BAR = 22;
const GAP = 12;
const TOP = 52;

/**
 * A bar chart as SVG: a bar for each way, as long as the image is large, its darker part what a download moves. Colours
 * follow the reader's light or dark setting; the same figures stand in `title` and as text.
 */
export function renderChart(sizes: Sizes, application: ApplicationName): string {
  const measured = ways().map((way) => ({ ...WAYS[way], ...sizeOf(sizes, application, way) }));
  const largest = Math.max(...measured.map(({ uncompressed }) => uncompressed));
  const scale = (bytes: number) => ((bytes / largest) * (WIDTH - LABELS - FIGURES)).toFixed(1);
  const height = TOP + measured.length * (BAR + GAP);
  const bars = measured.map(({ title, ours, uncompressed, compressed }, index) => {
    const y = TOP + index * (BAR + GAP);
    const figures = `${rounded(uncompressed)} MB, ${rounded(compressed)} compressed`;
    const middle = y + BAR / 2 + 4;
    return [
      `  <g class="${ours === 'yes' ? 'ours' : 'others'}"><title>${title}: ${figures}</title>`,
      `    <text x="${LABELS - 10}" y="${middle}" text-anchor="end">${title}</text>`,
      `    <rect x="${LABELS}" y="${y}" width="${scale(uncompressed)}" height="${BAR}" rx="2"/>`,
      `    <rect class="compressed" x="${LABELS}" y="${y}" width="${scale(compressed)}" height="${BAR}" rx="2"/>`,
      `    <text x="${(LABELS + Number(scale(uncompressed)) + 8).toFixed(1)}" y="${middle}">${figures}</text>`,
      '  </g>',
    ].join('\n');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH + 60} ${height}" role="img" aria-label="${APPLICATIONS[application]}: sizes of images">
  <style>${STYLE}</style>
  <text class="title" x="0" y="18">${APPLICATIONS[application]}</text>
  <text x="0" y="38">size of the image; the darker part is what a download moves</text>
${bars.join('\n')}
</svg>
`;
}

const STYLE =
  'text{font:13px sans-serif;fill:#333}.title{font-size:16px;font-weight:bold}.ours rect{fill:#8fb8de}.others rect{fill:#c8c8c8}' +
  '.ours .compressed{fill:#3b78b5}.others .compressed{fill:#8a8a8a}@media(prefers-color-scheme:dark){text{fill:#ddd}}';

function rounded(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0);
}
