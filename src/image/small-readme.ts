import { block, code, table } from './markdown.ts';
import { type Measured, megabytes, totalSize } from './measured.ts';
import { type Flavour, NATIVE_HOOKS, tags } from './spec/contract.ts';
import type { Distribution } from './spec/distribution.ts';

/** The images without compilers. */
type Small = Exclude<Flavour, 'full'>;

/** A Dockerfile as people copy it. */
export interface ShownRecipe {
  readonly title: string;
  readonly text: string;
}

/** The Dockerfiles of images/dockerfiles that a page shows. */
export const RECIPES: Readonly<Record<Small, readonly { readonly file: string; readonly title: string }[]>> = {
  minimal: [
    { file: 'minimal.Dockerfile', title: 'Every dependency is a wheel' },
    { file: 'minimal-compilers.Dockerfile', title: 'Something has to be compiled: with compilers in a stage' },
    { file: 'full-to-minimal.Dockerfile', title: 'Something has to be compiled: in the full image' },
    { file: 'mod-wsgi.Dockerfile', title: 'mod_wsgi' },
  ],
  micro: [{ file: 'full-to-micro.Dockerfile', title: 'Built in the full image' }],
};

const INTRODUCTION: Readonly<Record<Small, string>> = {
  minimal: `Python, pip, certificates, one locale and the package manager; no compiler, header, Node, documentation. It builds applications
whose dependencies are wheels, and runs what the full image built.`,
  micro: `What Python needs and nothing else: no shell, no coreutils, no package manager, no pip. It runs what the full or the minimal
image built.`,
};

const LIMITS: Readonly<Record<Small, readonly string[]>> = {
  minimal: [
    'A dependency without a wheel that has C or C++ to compile cannot be installed. assemble names it and shows the ways out, which are the Dockerfiles below.',
    'mod_wsgi and uWSGI embed Python, whose library is not there, and mod_wsgi starts Apache: the Dockerfiles below add both. assemble lists such libraries, and `run` names what is missing.',
    'pip is one archive of compiled modules: its tracebacks show no source lines.',
    "Python's own tests, turtle graphics and what `help()` says about keywords are not there.",
  ],
  micro: [
    'It is no builder: `s2i build` needs a shell and tar in the image.',
    '`app.sh` and mod_wsgi are not started; `run` says so and names the image that can.',
    'Commands are written as lists, `CMD ["/usr/libexec/s2i/run"]`: a line needs a shell. The same holds for probes and for `podman exec`: `["python", "-c", "…"]`, or `/usr/libexec/s2i/healthcheck`.',
    'In the application `os.system()` returns 32512 (127 in its upper byte), `subprocess` with `shell=True` raises FileNotFoundError, and `ctypes.util.find_library()` finds nothing; `ctypes.CDLL("libc.so.6")` works.',
    'Python has neither `readline` nor `curses`: at its prompt lines are not edited.',
    'The locale is C.UTF-8; en_US.UTF-8 is in the minimal and the full image.',
    'An extension module that is linked with more libraries than those listed here cannot be imported: copy the libraries too, or run it on the minimal image.',
  ],
};

/** The README of one minimal or micro image: what is in it, how large it is, what does not work, and how it is used. */
export function renderSmallReadme(
  distribution: Distribution,
  flavour: Small,
  measured: Measured,
  recipes: readonly ShownRecipe[],
): string {
  const { python, title, release } = distribution;
  const names = tags(distribution, flavour);
  const [tag = ''] = names;
  return `${[
    `# Python ${python} on ${title}: ${flavour}`,
    'Rendered by `npm run images -- render` from src/image, images/dockerfiles and measured.json; do not edit.',
    INTRODUCTION[flavour],
    `${code(tag)}, ${Math.round(totalSize(measured) / 1e6)} MB. [Using the image](../../../docs/using-the-image.md) shows how.`,
    block('sh', `npm run images -- build --flavour ${flavour} --release ${release}`),
    `builds it with podman, buildah or docker (\`--engine\`) from the Dockerfile beside this page. It is tagged\n${names.map(code).join(', ')}.`,
    '## Contents',
    table(['', 'version'], Object.entries(measured.versions)),
    contents(distribution, flavour),
    '## Sizes',
    'MB are 10^6 bytes, on x86-64. Layers are counted as uncompressed tars.',
    table(['layer', 'MB'], [...layerRows(measured), ['**all**', `**${megabytes(totalSize(measured))}**`]]),
    '## Limits',
    LIMITS[flavour].map((limit) => `* ${limit}`).join('\n'),
    '## Dockerfiles',
    ...recipes.flatMap((recipe) => [`### ${recipe.title}`, block('dockerfile', recipe.text.replaceAll('3.13', python))]),
  ].join('\n\n')}\n`;
}

function contents(distribution: Distribution, flavour: Small): string {
  const { minimal, micro } = distribution;
  const packages = flavour === 'minimal' ? { 'installed by name': minimal.packages } : (micro?.packages ?? {});
  const removed = flavour === 'minimal' ? minimal.prune : (micro?.prune ?? {});
  const hooks = `\`/usr/libexec/s2i/\` has one static executable, which needs no library and no other program, under the names ${NATIVE_HOOKS.map(code).join(', ')}.`;
  return [
    table(
      ['', 'packages'],
      Object.entries(packages).map(([what, names]) => [what, names.map(code).join(' ')]),
    ),
    hooks,
    `Of these packages the following is taken away:\n\n${Object.keys(removed)
      .map((what) => `* ${what}`)
      .join('\n')}`,
    ...(flavour === 'micro'
      ? ['Scanners find the packages in `/var/lib/dpkg/status.d`, people their licences in `/usr/share/doc`.']
      : []),
  ].join('\n\n');
}

function layerRows({ layers }: Measured): readonly (readonly string[])[] {
  return layers.map(({ what, bytes }) => [what, megabytes(bytes)]);
}
