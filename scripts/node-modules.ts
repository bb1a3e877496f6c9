import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';

/**
 * Node's own modules as they are imported, once for a bundle. By itself esbuild gives every importing file a copy of the
 * whole module, property by property: that was 2 of the 13 milliseconds that execa takes to load.
 */
export const nodeModules: Plugin = {
  name: 'node-modules',
  setup(bundler) {
    bundler.onResolve({ filter: /^(node:)?[a-z_0-9/]+$/ }, ({ kind, path }) =>
      kind === 'import-statement' && isBuiltin(path)
        ? { path: path.replace(/^(node:)?/, 'node:'), namespace: 'node' }
        : undefined,
    );
    bundler.onLoad({ filter: /./, namespace: 'node' }, ({ path }) => ({ contents: moduleText(path) }));
  },
};

/** Each export stands alone and has no side effect, so that those nobody imports are left out. */
function moduleText(id: string): string {
  const names = Object.keys(process.getBuiltinModule(id) ?? {}).filter(
    (name) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== 'default',
  );
  const lines = names.map(
    (name) => `const its_${name} = /* @__PURE__ */ (() => it.${name})();\nexport { its_${name} as ${name} };`,
  );
  return [`const it = /* @__PURE__ */ process.getBuiltinModule('${id}');`, 'export default it;', ...lines].join('\n');
}
