import { beforeAll, describe, expect, test } from 'vitest';
import type { LayerEntry } from '../../../src/image/layers/entries.ts';
import { repeatedPayload } from '../../../src/image/layers/payload.ts';
import { mergeLayers, type VisibleEntry } from '../../../src/image/layers/tree.ts';
import { NATIVE_HOOKS } from '../../../src/image/spec/contract.ts';
import { FLAVOUR_LIBRARIES } from '../../../src/inspect/libraries/flavours.ts';
import { describeWithEngine } from '../../engine/support/describe-with-engine.ts';
import { readImage } from './support/archives.ts';
import { programs, smallImages } from './support/images.ts';

/** Largest sums of uncompressed layers. Bytes. */
const LIMITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  minimal: { trixie: 124e6, bookworm: 134e6 },
  micro: { trixie: 54e6, bookworm: 50e6 },
};
const LARGEST_BASE = 82e6;
const LARGEST_HOOKS = 2.5e6;

/** What a package of the distribution writes twice: its records, which every installation writes anew. */
const RECORDS = /^var\/(lib\/dpkg|cache\/debconf)\//;

describeWithEngine('the layers', { programs }, () => {
  describe.each(smallImages)('of the %s image, %s', (flavour, release, distribution, image) => {
    let layers: readonly (readonly LayerEntry[])[] = [];
    let sizes: readonly number[] = [];
    let visible: ReadonlyMap<string, VisibleEntry> = new Map();
    const paths = (pattern: RegExp) => [...visible.keys()].filter((path) => pattern.test(path));
    const type = (path: string) => visible.get(path)?.type;

    beforeAll(async () => {
      ({ layers, sizes } = await readImage(image));
      visible = mergeLayers(layers).visible;
    });

    test('are no larger than they may be', () => {
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(LIMITS[flavour]?.[release] ?? 0);
      expect(sizes.at(-1)).toBeLessThanOrEqual(LARGEST_HOOKS);
      if (flavour === 'minimal') expect(sizes[0]).toBeLessThanOrEqual(LARGEST_BASE);
    });

    test('have no payload twice', () => {
      const twice = repeatedPayload(layers).map(({ places }) => places.filter(({ path }) => !RECORDS.test(path)));
      expect(twice.filter((places) => places.length > 1)).toEqual([]);
    });

    test('have the hooks as one executable that root owns, under each of their names', () => {
      expect(visible.get('usr/libexec/s2i/s2i-python')).toMatchObject({ type: 'file', mode: 0o755, uid: 0, gid: 0 });
      for (const name of NATIVE_HOOKS) expect(visible.get(`usr/libexec/s2i/${name}`)).toMatchObject({ target: 's2i-python' });
      for (const name of ['fix-permissions', 'container-entrypoint', 'init-wrapper', 'cgroup-limits'])
        expect(visible.get(`usr/bin/${name}`)).toMatchObject({ type: 'symlink', target: `../libexec/s2i/${name}` });
    });

    test('let group 0 write the application and nobody else anything', () => {
      const application = [...visible].filter(([path, entry]) => /^opt\/app-root(\/|$)/.test(path) && entry.type !== 'symlink');
      for (const [path, { mode, gid }] of application) expect([path, gid, mode & 0o060]).toEqual([path, 0, 0o060]);
      const open = [...visible].filter(([, entry]) => entry.type === 'directory' && (entry.mode & 0o002) !== 0);
      const allowed = flavour === 'micro' ? ['tmp'] : ['run/lock', 'tmp', 'var/tmp'];
      expect(open.map(([path]) => path).sort()).toEqual(allowed);
    });

    test('have no compiler, header, Node, cache, list, log or documentation', () => {
      const programs = /^(usr\/)?(local\/)?s?bin\/(.*-)?(gcc|g\+\+|cc|c\+\+|cpp|ld|make|node|npm|npx|git|tini)(-\d+)?$/;
      expect(paths(programs)).toEqual([]);
      expect(paths(/\.(h|hpp|a)$|(^|\/)node_modules(\/|$)/)).toEqual([]);
      expect(paths(/(^|\/)\.cache(\/|$)|^var\/lib\/apt\/lists\/.|^var\/log\/.*\.log$|^var\/cache\/.*\.(bin|deb)$/)).toEqual([]);
      const documentation = paths(/^usr\/share\/(doc|man)\/.*[^/]$/).filter((path) => type(path) === 'file');
      expect(documentation.filter((path) => !path.endsWith('/copyright'))).toEqual([]);
      expect(paths(/^(tmp|var\/tmp|run\/secrets)\/.|^root\/(?!\.(bashrc|profile)$)/)).toEqual([]);
    });

    test('have the modules of Python compiled, and none of its tests', () => {
      const library = `usr/lib/python${distribution.python}`;
      expect(paths(new RegExp(`^${library}/(test|idlelib|tkinter|pydoc_data)/|lib-dynload/_test`))).toEqual([]);
      expect(paths(new RegExp(`^${library}/__pycache__/(argparse|ssl|typing)\\.`)).length).toBe(3);
    });

    test('have every library that assemble takes for granted', () => {
      const libraries = new Set(paths(/^(usr\/)?lib(64|\/[^/]+)?\/[^/]+\.so/).map((path) => path.replace(/^.*\//, '')));
      const expected = FLAVOUR_LIBRARIES.filter((name) => !name.startsWith('ld-linux-aarch64'));
      expect(expected.filter((name) => !libraries.has(name))).toEqual([]);
    });

    if (flavour === 'micro') {
      test('have no program but Python and the hooks: no shell, nothing set-id', () => {
        const found = paths(/^(usr\/)?(local\/)?s?bin\/./).map((path) => path.replace(/^.*\//, ''));
        const python = ['python', 'python3', `python${distribution.python}`];
        expect(found.sort()).toEqual(
          ['cgroup-limits', 'container-entrypoint', 'fix-permissions', 'init-wrapper', ...python].sort(),
        );
        expect(paths(/(^|\/)(sh|bash|dash|busybox|apt|dpkg|pip)$/).filter((path) => type(path) !== 'directory')).toEqual([]);
        expect([...visible].filter(([, entry]) => entry.type === 'file' && (entry.mode & 0o6000) !== 0)).toEqual([]);
      });

      test('tell scanners which packages they are from, and people under which licences', () => {
        const records = paths(/^var\/lib\/dpkg\/status\.d\/./).map((path) => path.replace(/^.*\//, ''));
        expect(records).toEqual(expect.arrayContaining(['libc6', `python${distribution.python}-minimal`, 'tzdata']));
        for (const name of records) {
          const entry = visible.get(`usr/share/doc/${name}`);
          const folder = entry?.type === 'symlink' ? entry.target : name;
          expect([name, type(`usr/share/doc/${folder}/copyright`)]).not.toEqual([name, undefined]);
        }
      });
    }
  });
});
