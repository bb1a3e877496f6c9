import type { Distribution } from './distribution.ts';

/** Paths of every flavour. Stable: overrides call the hooks by them (A5). */
export const APP_ROOT = '/opt/app-root';
export const HOME = `${APP_ROOT}/src`;
export const HOOKS = '/usr/libexec/s2i';
/** pip, once, outside of what is copied to other images: docs/decisions/0005-pip-once.md. */
export const PIP = '/usr/lib/s2i/pip';

/** Plain number: with a group, Dockerfiles written by s2i break (A12, C1). */
export const USER = '1001';

export type Flavour = 'full' | 'minimal' | 'micro';

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

/** The variables of the incumbent's images (B4), and VIRTUAL_ENV, so that no shell has to activate anything. */
export function environment({ python, platform }: Distribution): Readonly<Record<string, string>> {
  return {
    PYTHON_VERSION: python,
    APP_ROOT,
    HOME,
    VIRTUAL_ENV: APP_ROOT,
    PATH: `${HOME}/.local/bin:${HOME}/bin:${APP_ROOT}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
    PYTHONUNBUFFERED: '1',
    PYTHONIOENCODING: 'UTF-8',
    LC_ALL: 'en_US.UTF-8',
    LANG: 'en_US.UTF-8',
    // Turns pip's cache off, whatever it reads like (B5).
    PIP_NO_CACHE_DIR: 'off',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    STI_SCRIPTS_URL: `image://${HOOKS}`,
    STI_SCRIPTS_PATH: HOOKS,
    PLATFORM: platform,
  };
}

/**
 * Labels of the S2I contract (A1, A20), of OpenShift (C5) and of OCI that do not change from build to build. There is
 * none for the destination and the user of assemble: the defaults of both follow an image built on top of this one.
 */
export function labels(distribution: Distribution, flavour: Flavour, version: string): Readonly<Record<string, string>> {
  const { python, title } = distribution;
  const description = `Builds and runs Python ${python} applications on ${title} (${flavour}).`;
  const digits = python.replace('.', '');
  return {
    'io.openshift.s2i.scripts-url': `image://${HOOKS}`,
    'io.s2i.scripts-url': `image://${HOOKS}`,
    'io.k8s.description': description,
    'io.k8s.display-name': `Python ${python}`,
    'io.openshift.expose-services': '8080:http',
    'io.openshift.tags': `builder,python,python${digits},python-${digits},rh-python${digits}`,
    name: NAME,
    version,
    summary: `Python ${python} on ${title}`,
    description,
    usage: `s2i build SOURCE ${tags(distribution, flavour)[0] ?? NAME} APPLICATION`,
    maintainer: 's2i-python maintainers',
    'org.opencontainers.image.title': `${NAME} ${flavour}`,
    'org.opencontainers.image.description': description,
    'org.opencontainers.image.version': version,
    'org.opencontainers.image.vendor': 's2i-python maintainers',
    'org.opencontainers.image.licenses': 'Apache-2.0',
    'org.opencontainers.image.base.name': distribution.base,
  };
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
