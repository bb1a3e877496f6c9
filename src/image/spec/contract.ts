import type { Distribution } from './distribution.ts';

/** Paths of every flavour. Stable: overrides call the hooks by them (A5). */
export const APP_ROOT = '/opt/app-root';
export const HOME = `${APP_ROOT}/src`;
export const HOOKS = '/usr/libexec/s2i';
/** pip, once, outside of what is copied to other images. */
export const PIP = '/usr/lib/s2i/pip';

/** Plain number: with a group, Dockerfiles written by s2i break (A12, C1). */
export const USER = '1001';

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
    PIP_NO_CACHE_DIR: 'off',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    STI_SCRIPTS_URL: `image://${HOOKS}`,
    STI_SCRIPTS_PATH: HOOKS,
    PLATFORM: platform,
  };
}

export interface Release {
  readonly version: string;
  /** RFC 3339; undefined leaves the label out. */
  readonly created?: string;
  readonly revision?: string;
}

/** Labels of the S2I contract (A1, A20), of OpenShift (C5) and of OCI. */
export function labels(
  distribution: Distribution,
  flavour: 'full' | 'minimal' | 'micro',
  release: Release,
): Readonly<Record<string, string>> {
  const { python, title } = distribution;
  const description = `Builds and runs Python ${python} applications on ${title} (${flavour}).`;
  const short = `python${python.replace('.', '')}`;
  return {
    'io.openshift.s2i.scripts-url': `image://${HOOKS}`,
    'io.s2i.scripts-url': `image://${HOOKS}`,
    'io.k8s.description': description,
    'io.k8s.display-name': `Python ${python}`,
    'io.openshift.expose-services': '8080:http',
    'io.openshift.tags': `builder,python,${short},python-${python.replace('.', '')}`,
    summary: `Python ${python} on ${title}`,
    description,
    'org.opencontainers.image.title': `s2i-python ${flavour}`,
    'org.opencontainers.image.description': description,
    'org.opencontainers.image.version': release.version,
    'org.opencontainers.image.licenses': 'Apache-2.0',
    'org.opencontainers.image.base.name': distribution.base,
    ...(release.created === undefined ? {} : { 'org.opencontainers.image.created': release.created }),
    ...(release.revision === undefined ? {} : { 'org.opencontainers.image.revision': release.revision }),
  };
}
