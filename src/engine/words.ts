import { type Message, renderMessage, type Words } from '../failures/message.ts';
import type { EngineName } from './engine.ts';
import type { Absent, EngineFailure, RequestFile } from './failure.ts';
import { resultWords } from './result-words.ts';

type Of<K extends EngineFailure['kind']> = Extract<EngineFailure, { kind: K }>;

/** The words of one failure, laid out as those of the hooks are. */
export function renderEngineFailure(failure: EngineFailure): string {
  return renderMessage(messageOf(failure.kind, failure));
}

/** Status of the program: 75 when trying again may help without changing anything, 2 for a wrong request, else 1. */
export function engineExitCode(failure: EngineFailure): number {
  switch (failure.kind) {
    case 'engine-unreachable':
    case 'engine-died':
      return 75;
    case 'base-missing':
      return failure.why === 'network' ? 75 : 1;
    case 'no-engine':
    case 'unsupported':
    case 'file-missing':
      return 2;
    case 'interrupted':
      return 130;
    default:
      return 1;
  }
}

function messageOf<Kind extends EngineFailure['kind']>(kind: Kind, failure: Of<Kind>): Message {
  return WORDS[kind](failure);
}

const WORDS: Words<EngineFailure> = {
  ...resultWords,
  'no-engine': noEngine,
  unsupported: ({ engine, what, instead }) => ({ title: `${engine} cannot do this: ${what}.`, wayOut: instead }),
  'file-missing': ({ what, path, problem }) => ({
    title: `${FILES[what]} cannot be used: ${quote(path)} ${problem}.`,
    ...(problem === 'does not exist' ? { checks: ['the spelling of the path'] } : {}),
  }),
  'engine-unreachable': unreachable,
  'engine-died': died,
  'disk-full': ({ engine, doing, detail }) => ({
    title: `The disk is full: ${engine} could not finish ${doing}.`,
    found: [detail],
    expected: 'about three times the size of the image: its files, its layers, and a copy while they are written',
    checks: [`${STORES[engine]} shows what can go`, 'df -h for the file systems of the images and of /var/tmp'],
  }),
  'runtime-refused': ({ engine, detail }) => ({
    title: `${engine} could not start a container: this machine refuses what it asks for.`,
    found: [detail],
    checks: REFUSALS.filter(({ sign }) => sign.test(detail)).map(({ check }) => check),
    wayOut: 'podman and buildah build without a container runtime: isolation chroot.',
  }),
  interrupted: ({ engine, doing }) => ({
    title: `Stopped while ${engine} was at ${doing}; what it had begun was removed.`,
  }),
};

const FILES: Readonly<Record<RequestFile, string>> = {
  dockerfile: 'The Dockerfile',
  context: 'The build context',
  secret: 'The file of a secret',
  volume: 'The folder of a volume',
  archive: 'The image archive',
  'archive-folder': 'The folder for the image archive',
};

const STORES: Readonly<Record<EngineName, string>> = {
  podman: 'podman system df',
  buildah: 'buildah images --all; buildah containers',
  docker: 'docker system df',
};

const REFUSALS: readonly { readonly sign: RegExp; readonly check: string }[] = [
  {
    sign: /rlimit/i,
    check:
      'limits cannot be raised here (no CAP_SYS_RESOURCE): write default_ulimits = [] under [containers] in containers.conf, and run with --ulimit host',
  },
  {
    sign: /cgroup/i,
    check: 'the mix of cgroup v1 and v2: runc handles it where crun does not (podman --runtime runc)',
  },
  {
    sign: /network \S+ not found/i,
    check: 'the network: the engine has no bridge here; the network of the host (--network host) needs none',
  },
  { sign: /mount|permission|not permitted/i, check: 'the privileges of the machine itself: it may be a container without them' },
];

function noEngine({ tried }: Of<'no-engine'>): Message {
  return {
    title: tried.length === 1 ? `${tried[0]?.name ?? ''} cannot be used.` : 'No container engine was found that can be used.',
    found: tried.map(absence),
    expected: 'podman, buildah or docker',
    checks: installations(tried.length === 1 ? (tried[0]?.name ?? 'podman') : 'podman'),
  };
}

function installations(name: EngineName): readonly string[] {
  const [debian, fedora] = name === 'docker' ? ['docker.io', 'moby-engine'] : [name, name];
  return [`on Debian and Ubuntu: apt-get install ${debian}`, `on Fedora, RHEL and CentOS: dnf install ${fedora}`];
}

function absence(absent: Absent): string {
  return absent.found === 'no-program'
    ? `${absent.name}: no such program on PATH`
    : `${absent.name}: is installed, but does not answer: ${absent.detail}`;
}

function unreachable({ engine, detail }: Of<'engine-unreachable'>): Message {
  return {
    title: `The ${engine} daemon does not answer.`,
    found: [detail],
    checks: [
      'whether it runs: systemctl status docker',
      'DOCKER_HOST and `docker context show`: they say which daemon is asked',
      'whether you may use its socket: group docker, or root',
    ],
    wayOut: 'podman and buildah need no daemon.',
  };
}

function died({ engine, doing, how, lastLines }: Of<'engine-died'>): Message {
  return {
    title:
      how === 'left-nothing'
        ? `${engine} ended without an error and without a result: ${doing} was cut short.`
        : `${engine} was ended by ${how} during ${doing}.`,
    found: lastLines,
    checks: [
      ...(how === 'SIGKILL' ? ['memory: `dmesg | grep -i oom` shows whether the kernel ended it because none was left'] : []),
      ...(engine === 'docker' ? [] : [`what it left: ${LEFTOVERS[engine]}`]),
    ],
    wayOut: 'run the same command again; finished steps are taken from the cache.',
  };
}

const LEFTOVERS = {
  podman: '`podman ps --all --external` lists it, `podman rm --force ID` removes it',
  buildah: '`buildah containers` lists it, `buildah rm ID` removes it',
} as const;

function quote(value: string): string {
  return `"${value}"`;
}
