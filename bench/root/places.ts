/** Where things are inside a root. */
export const places = {
  appRoot: '/opt/app-root',
  home: '/opt/app-root/src',
  drop: '/tmp/src',
  hooks: '/usr/libexec/s2i',
  bench: '/opt/bench',
  tree: '/opt/bench/tree',
  folder: '/opt/bench/folder',
  sources: '/opt/bench/sources',
  floor: '/opt/bench/floor.cjs',
  node: '/usr/local/bin/node',
} as const;

/** The user an image runs as. */
export const user = { id: 1001, group: 0 } as const;

/** The environment of upstream's full image, with a locale that every system has. */
export const imageEnvironment: Readonly<Record<string, string>> = {
  PYTHON_VERSION: '3',
  PATH: [
    `${places.home}/.local/bin/:${places.home}/bin:${places.appRoot}/bin`,
    '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  ].join(':'),
  PYTHONUNBUFFERED: '1',
  PYTHONIOENCODING: 'UTF-8',
  LC_ALL: 'C.UTF-8',
  LANG: 'C.UTF-8',
  PIP_NO_CACHE_DIR: 'off',
  HOME: places.home,
  APP_ROOT: places.appRoot,
  STI_SCRIPTS_URL: `image://${places.hooks}`,
  STI_SCRIPTS_PATH: places.hooks,
  PLATFORM: 'el9',
  SUMMARY: 'Platform for building and running Python applications',
  DESCRIPTION: 'Python available as container is a base platform for building and running Python applications',
  NODEJS_VER: '24',
  BASH_ENV: `${places.appRoot}/bin/activate`,
  ENV: `${places.appRoot}/bin/activate`,
  PROMPT_COMMAND: `. ${places.appRoot}/bin/activate`,
};
