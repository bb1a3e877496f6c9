import type { Distribution } from './distribution.ts';

/** Paths of every flavour. Stable: overrides call the hooks by them (A5). */
export const APP_ROOT = '/opt/app-root';
export const HOME = `${APP_ROOT}/src`;
export const HOOKS = '/usr/libexec/s2i';
/** pip, once, outside of what is copied to other images: docs/decisions/0005-pip-once.md. */
export const PIP = '/usr/lib/s2i/pip';

/** Plain number: with a group, Dockerfiles written by s2i break (A12, C1). */
export const USER = '1001';

/** The images, the largest first. */
export const FLAVOURS = ['full', 'minimal', 'micro'] as const;
export type Flavour = (typeof FLAVOURS)[number];

/** Names of the native hooks: one executable that looks at the name it is called by. */
export const NATIVE_HOOKS = [
  'assemble',
  'run',
  'migrate',
  'usage',
  'save-artifacts',
  'fix-permissions',
  'init-wrapper',
  'cgroup-limits',
  'container-entrypoint',
  'healthcheck',
  'plan',
] as const;

/** Those that are called by their names in `/usr/bin` too. */
export const PROGRAMS = ['fix-permissions', 'init-wrapper', 'cgroup-limits', 'container-entrypoint'] as const;

/** The native executable itself. */
export const NATIVE_PROGRAM = `${HOOKS}/s2i-python`;

/** Name of the images, without a registry. */
export const NAME = 's2i-python';

/**
 * Tags of an image, the most exact first. The full image is what a plain version means. Python's version is enough to
 * tell built images apart: no two of them bring the same.
 */
export function tags({ release, python }: Distribution, flavour: Flavour): readonly string[] {
  const versions = [`${python}-${flavour}-${release}`, `${python}-${flavour}`];
  return [...versions, ...(flavour === 'full' ? [python] : [])].map((tag) => `${NAME}:${tag}`);
}

/**
 * The variables of the incumbent's images (B4), and VIRTUAL_ENV, so that no shell has to activate anything. Only what has
 * pip speaks of it, and only what has the locale names it.
 */
export function environment({ python, platform }: Distribution, flavour: Flavour): Readonly<Record<string, string>> {
  const locale = flavour === 'micro' ? 'C.UTF-8' : 'en_US.UTF-8';
  // Turns pip's cache off, whatever it reads like (B5).
  const pip = { PIP_NO_CACHE_DIR: 'off', PIP_DISABLE_PIP_VERSION_CHECK: '1' };
  return {
    PYTHON_VERSION: python,
    APP_ROOT,
    HOME,
    VIRTUAL_ENV: APP_ROOT,
    PATH: `${HOME}/.local/bin:${HOME}/bin:${APP_ROOT}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
    PYTHONUNBUFFERED: '1',
    PYTHONIOENCODING: 'UTF-8',
    LC_ALL: locale,
    LANG: locale,
    ...(flavour === 'micro' ? {} : pip),
    STI_SCRIPTS_URL: `image://${HOOKS}`,
    STI_SCRIPTS_PATH: HOOKS,
    PLATFORM: platform,
  };
}

/** What S2I and OpenShift know a builder image by; the micro image is none. */
function builderLabels({ python }: Distribution): Readonly<Record<string, string>> {
  const digits = python.replace('.', '');
  return {
    'io.openshift.s2i.scripts-url': `image://${HOOKS}`,
    'io.s2i.scripts-url': `image://${HOOKS}`,
    'io.openshift.tags': `builder,python,python${digits},python-${digits},rh-python${digits}`,
  };
}

/**
 * Labels of the S2I contract (A1, A20), of OpenShift (C5) and of OCI that do not change from build to build. There is
 * none for the destination and the user of assemble: the defaults of both follow an image built on top of this one.
 */
export function labels(distribution: Distribution, flavour: Flavour, version: string): Readonly<Record<string, string>> {
  const { python, title } = distribution;
  const builds = flavour !== 'micro';
  const description = `${builds ? 'Builds and runs' : 'Runs'} Python ${python} applications on ${title} (${flavour}).`;
  const [tag = NAME] = tags(distribution, flavour);
  return {
    ...(builds ? builderLabels(distribution) : {}),
    'io.k8s.description': description,
    'io.k8s.display-name': `Python ${python}`,
    'io.openshift.expose-services': '8080:http',
    name: NAME,
    version,
    summary: `Python ${python} on ${title}`,
    description,
    usage: builds ? `s2i build SOURCE ${tag} APPLICATION` : `FROM ${tag}`,
    maintainer: 's2i-python maintainers',
    'org.opencontainers.image.title': `${NAME} ${flavour}`,
    'org.opencontainers.image.description': description,
    'org.opencontainers.image.version': version,
    'org.opencontainers.image.vendor': 's2i-python maintainers',
    'org.opencontainers.image.licenses': 'Apache-2.0',
    ...(builds ? { 'org.opencontainers.image.base.name': baseOf(distribution, flavour) } : {}),
  };
}

/** The image of the distribution that an image of ours is built on, or that its files come from. */
export function baseOf({ base, minimal }: Distribution, flavour: Flavour): string {
  return flavour === 'minimal' ? minimal.base : base;
}

/** What is known of the repository when an image is built. */
export interface BuildFacts {
  /** Of the last change. */
  readonly revision: string;
  /** RFC 3339, of the last change, so that building the same revision twice gives the same labels. */
  readonly created: string;
}

/** Labels that a build adds on its command line. */
export function buildLabels({ revision, created }: BuildFacts): Readonly<Record<string, string>> {
  return { 'org.opencontainers.image.revision': revision, 'org.opencontainers.image.created': created };
}
