import type { Instruction } from '../dockerfile/instruction.ts';
import { STAGE } from './hooks.ts';

const HEAD = `Rendered from src/image by \`npm run images -- render\`; change it there. Builds the native executable for the machine it runs
on. \`npm run build:native\` does it with any engine and puts the file into dist/native; the context holds dist/native/*.js
(bundles) and src/hosts/native/c. The other images have the same stages in their Dockerfiles.`;

/** The Dockerfile of the executable alone. */
export function nativeDockerfile(): readonly Instruction[] {
  return [{ do: 'comment', text: HEAD }, ...nativeStages()];
}

/**
 * Two stages, the second of which is nothing but `/s2i-python`; its names are links to it, or its first argument. Bytecode
 * fits one version of the engine only, so it is made where the engine's library comes from. The result is static: it does
 * for every image, whatever its distribution.
 */
export function nativeStages(): readonly Instruction[] {
  return [
    { do: 'from', image: 'docker.io/library/debian:trixie-slim', as: 'compile' },
    {
      do: 'run',
      layer: '',
      commands: [
        'apt-get update',
        'apt-get install -y --no-install-recommends gcc libquickjs make musl-dev quickjs',
        'rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/*',
      ],
    },
    { do: 'workdir', path: '/build' },
    { do: 'copy', layer: '', sources: ['src/hosts/native/c/'], to: 'c/' },
    { do: 'copy', layer: '', sources: ['dist/native/*.js'], to: './' },
    { do: 'run', layer: '', commands: ['mkdir out', COMPILE] },
    { do: 'from', image: 'scratch', as: STAGE },
    { do: 'copy', layer: '', from: 'compile', sources: ['/build/out/'], to: '/' },
  ];
}

const COMPILE = `for bundle in *.js; do \\
      sh c/compile.sh "$bundle" && make -s -f c/Makefile OUT="out/\${bundle%.js}" || exit 1; \\
    done`;
