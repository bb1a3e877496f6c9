import type { Cause } from '../cause.ts';

const REACH_INDEX = [
  'whether the package index, or the host that is named above, can be reached from where the build runs (proxy, DNS, firewall)',
  'PIP_INDEX_URL and the proxy variables (HTTPS_PROXY, NO_PROXY)',
  'whether it was a passing fault: exit status 75 says that the same command may succeed later',
];

/** What a process that was killed had too little of. */
export const KILLED = {
  build: 'the memory limit of the build (OpenShift: spec.resources.limits.memory of the BuildConfig)',
  run: 'the memory limit of the container (resources.limits.memory)',
};

/** What to check, by the cause that a tool's words tell. */
export const CAUSE_CHECKS: Readonly<Record<Cause, readonly string[]>> = {
  network: REACH_INDEX,
  certificate: [
    'whether a proxy or mirror uses its own certificate authority: mount its certificate and name it in S2I_CA_BUNDLE (not needed for /run/secrets/ca.crt), e.g. RUN --mount=type=secret,id=ca.crt,target=/run/secrets/ca.crt,uid=1001,gid=0 /usr/libexec/s2i/assemble',
    'whether the address really speaks https',
    "the machine's clock",
  ],
  'disk-full': [
    'free space where the image is built, the temporary folder included: df -h',
    'quotas: of the volume, of the build pod (ephemeral-storage), of the container storage',
  ],
  memory: [KILLED.build, 'whether a package is compiled although a wheel exists for another version of it or of Python'],
  credentials: [
    'the user name and password in the mounted pip.conf or netrc; an expired token',
    'whether the account may read this index',
  ],
  'insecure-index': [
    'whether the index has an https:// address; pip does not read from http:// hosts it was not told to trust',
    'PIP_TRUSTED_HOST, with the name of the host, when the connection is safe by other means',
  ],
  'invalid-requirement': [
    'the line that is quoted above: a requirement is a name, then versions, as in flask>=3,<4 (>= and not =>, == and not =)',
    'whether a merge conflict was committed (<<<<<<<), or something that is no list of requirements (name=version=build is conda: pip list --format=freeze > requirements.txt)',
    'the encoding: \\x00 between the letters means UTF-16; save the file as UTF-8',
  ],
  encoding: ['the encoding of the file that is read: save it as UTF-8 (iconv -f ISO-8859-1 -t UTF-8 converts Latin-1)'],
  'no-version': [
    'the versions that pip lists: the one that is asked for is not among them',
    'whether that version has a release for this Python version and platform',
    'whether the index in use (PIP_INDEX_URL, pip.conf) is up to date',
  ],
  'no-match': [
    'the spelling of the name that pip quotes',
    'whether the index in use (PIP_INDEX_URL, pip.conf) has it and lets this build log in: with "from versions: none" pip does not tell a missing project from a refused login or an index that did not answer',
    'whether any of its versions supports this Python version and platform',
  ],
  'python-version': [
    'the Python version of the builder image: choose the image for the version that the package asks for',
    'or an older version of the package, which supports this Python',
  ],
  conflict: [
    'the requirements that pip names: no version of the package suits them all; loosen or change one of the pins',
    'whether a file was compiled for another set of requirements (pip-compile, pip freeze)',
  ],
  hash: [
    'whether the hashes were made for this index: a mirror may hold other archives',
    'if nothing explains it, do not install: the archive is not the one that was locked',
  ],
  'hash-missing': [
    'the requirements that pip lists above: when one has a hash, every one needs one, dependencies too',
    'whether the file is made by a tool that writes all hashes: pip-compile --generate-hashes',
  ],
  'no-wheel': [
    'whether the lock was made for this platform and this Python too: a lock for one machine may leave out the others',
    'whether another version of the package has a wheel for them',
  ],
  'build-requirement': [
    'what [build-system] of pyproject.toml requires is fetched as well: the index has to have it',
    'without an index (PIP_NO_INDEX) it has to lie beside the packages, in wheelhouse/ or where PIP_FIND_LINKS points: pip wheel --wheel-dir wheelhouse setuptools',
  ],
  'tool-version': [
    'tool.uv.required-version in pyproject.toml: without it, or with a range that holds the version named above, this build goes on',
  ],
  'lock-outdated': ['whether Pipfile was changed after the lock was made: run pipenv lock and commit Pipfile.lock'],
  choice: [
    'S2I_INSTALL_EXTRAS and S2I_INSTALL_GROUPS: each name has to stand in the manifest, extras as extras and groups as groups',
  ],
  history: [
    "the version is made from git's history, which the source lacks: name one, SETUPTOOLS_SCM_PRETEND_VERSION=1.0 in .s2i/environment (pbr: PBR_VERSION)",
  ],
  layout: [
    'whether the application is a package at all; where not, write in pyproject.toml package-mode = false ([tool.poetry]), package = false ([tool.uv]) or py-modules = [] ([tool.setuptools])',
    'whether its folder has the name that [project] or [tool.poetry] gives it, at the root of the source or in src/',
  ],
  'local-path': [
    'a requirement names a folder of another machine (name @ file:///…, as pip freeze writes it in a conda environment): pip list --format=freeze > requirements.txt',
  ],
  frozen: ['the line pkg-resources==0.0.0: Debian and Ubuntu add it to pip freeze, and there is no such package; remove it'],
  'git-missing': [
    'a dependency is a git repository, and this image has no git: build in a stage of the full image and COPY --from=build --chown=1001:0 /opt/app-root /opt/app-root',
    'or name a release of the package, or an archive (name @ https://…)',
  ],
  'git-login': [
    'a git repository asks for a login: https:// with a token in a netrc that is mounted at $HOME/.netrc for the build; a build has no key for ssh',
    'the spelling of the address: some hosts ask for a login where there is no such repository',
  ],
  compiler: [
    'whether a wheel exists for this Python version and platform; without one the package is compiled here',
    'whether the compiler and the headers it names are in this image: the full image has gcc and the usual headers, the minimal one has none',
    'with the minimal or micro image: build in a stage of the full one, or of the minimal one with gcc and libc6-dev installed, and COPY --from=build --chown=1001:0 /opt/app-root /opt/app-root',
  ],
  unknown: ["the tool's own words above"],
};
