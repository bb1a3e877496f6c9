import { type Message, renderMessage } from '../failures/message.ts';
import type { EngineName } from './engine.ts';
import type { Absent, EngineFailure, RequestFile } from './failure.ts';

type Of<K extends EngineFailure['kind']> = Extract<EngineFailure, { kind: K }>;

/** The words of one failure, laid out as those of the hooks are. */
export function renderEngineFailure(failure: EngineFailure): string {
  return renderMessage(messageOf(failure));
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

function messageOf(failure: EngineFailure): Message {
  switch (failure.kind) {
    case 'no-engine':
      return noEngine(failure);
    case 'unsupported':
      return { title: `${failure.engine} cannot do this: ${failure.what}.`, wayOut: failure.instead };
    case 'file-missing':
      return {
        title: `${FILES[failure.what]} cannot be used: ${quote(failure.path)} ${failure.problem}.`,
        ...(failure.problem === 'does not exist' ? { checks: ['the spelling of the path'] } : {}),
      };
    case 'engine-unreachable':
      return unreachable(failure);
    case 'engine-died':
      return died(failure);
    case 'disk-full':
      return {
        title: `The disk is full: ${failure.engine} could not finish ${failure.doing}.`,
        found: [failure.detail],
        expected: 'about three times the size of the image: its files, its layers, and a copy while they are written',
        checks: [`${STORES[failure.engine]} shows what can go`, 'df -h for the file systems of the images and of /var/tmp'],
      };
    case 'runtime-refused':
      return {
        title: `${failure.engine} could not start a container: this machine refuses what it asks for.`,
        found: [failure.detail],
        checks: REFUSALS.filter(({ sign }) => sign.test(failure.detail)).map(({ check }) => check),
        wayOut: 'podman and buildah build without a container runtime: isolation chroot.',
      };
    case 'interrupted':
      return {
        title: `Stopped while ${failure.engine} was at ${failure.doing}; what it had begun was removed.`,
      };
    default:
      return buildMessage(failure);
  }
}

type Later = Exclude<
  EngineFailure,
  Of<
    | 'no-engine'
    | 'unsupported'
    | 'file-missing'
    | 'engine-unreachable'
    | 'engine-died'
    | 'disk-full'
    | 'runtime-refused'
    | 'interrupted'
  >
>;

function buildMessage(failure: Later): Message {
  switch (failure.kind) {
    case 'dockerfile-invalid':
      return { title: `${failure.path} is no Dockerfile that the engine can read.`, found: [failure.detail] };
    case 'base-missing':
      return baseMissing(failure);
    case 'source-missing':
      return {
        title: `COPY or ADD names ${quote(failure.source)}, which is not in the build context.`,
        found: [`context: ${failure.context}`, failure.detail],
        checks: [
          'whether .dockerignore or .containerignore leaves it out',
          'whether what makes the file was run before (npm run build)',
        ],
      };
    case 'step-failed':
      return {
        title: `A step of the build ended with status ${failure.status}: ${failure.step}`,
        found: failure.lastLines,
        checks: [
          failure.lastLines.length === 0
            ? 'the step by hand, in a container of the step before: it printed nothing'
            : 'the lines above: they are the last ones that the step printed',
          ...(failure.status === 137 ? ['memory: 137 mostly means that the kernel ended it because none was left'] : []),
        ],
      };
    case 'image-unknown':
      return {
        title: `${failure.engine} has no image ${quote(failure.image)}.`,
        checks: [
          `${failure.engine} images: names are exact, with tag; "localhost/" belongs to those that were built here`,
          'whether it was built by another engine or another user: podman and buildah share images, docker has its own',
        ],
      };
    case 'container-unknown':
      return { title: `${failure.engine} has no running container ${quote(failure.container)}; it has ended or never ran.` };
    case 'archive-invalid':
      return {
        title: `${failure.path} is no image archive that can be loaded.`,
        found: [failure.detail],
        expected: 'a docker-archive, as podman save and docker save write it',
        checks: ['whether it is whole: its size, and `tar -tf` to its end'],
      };
    case 'command-not-started':
      return {
        title: `${quote(failure.command)} could not be started in ${failure.image}.`,
        found: [failure.detail],
        checks: [
          'the name: it must be a program on the PATH of the image, or a path in it',
          'its executable bit and its #! line',
        ],
      };
    case 'engine-failed':
      return {
        title: `${failure.engine} failed at ${failure.doing}, status ${failure.status}.`,
        found: failure.lastLines.length === 0 ? ['It said nothing.'] : failure.lastLines,
      };
  }
}

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

function baseMissing({ image, why, detail }: Of<'base-missing'>): Message {
  return {
    title: `The base image ${quote(image)} could not be had: ${REASONS[why]}.`,
    found: [detail],
    checks: BASE_CHECKS[why],
  };
}

const REASONS = {
  network: 'its registry cannot be reached',
  'not-found': 'its registry does not have it',
  denied: 'its registry does not give it to you',
  'short-name': 'its name does not say which registry has it',
} as const;

const BASE_CHECKS: Readonly<Record<Of<'base-missing'>['why'], readonly string[]>> = {
  network: [
    'the network, its proxy (HTTPS_PROXY) and the certificates of the proxy (/etc/containers/certs.d, /etc/docker/certs.d)',
    'without a network: load the image from an archive (podman load -i FILE, docker load -i FILE)',
  ],
  'not-found': ['the spelling of name and tag', 'private images: log in first; most registries say "not found" to strangers'],
  denied: [
    'podman login or docker login for that registry',
    'the spelling of the name: some registries refuse what does not exist',
  ],
  'short-name': [
    'write the whole name in FROM, as docker.io/library/debian:trixie-slim',
    'unqualified-search-registries in /etc/containers/registries.conf',
  ],
};

function quote(value: string): string {
  return `"${value}"`;
}
