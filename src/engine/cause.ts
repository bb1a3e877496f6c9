import type { EngineFailure } from './failure.ts';

type Of<K extends EngineFailure['kind']> = Extract<EngineFailure, { kind: K }>;

/** What an engine's last lines tell about a failure, without what the request knows. */
export type Told =
  | Pick<Of<'disk-full'>, 'kind' | 'detail'>
  | Pick<Of<'engine-unreachable'>, 'kind' | 'detail'>
  | Pick<Of<'runtime-refused'>, 'kind' | 'detail'>
  | { readonly kind: 'no-buildkit'; readonly detail: string }
  | Pick<Of<'step-failed'>, 'kind' | 'step' | 'status'>
  | Pick<Of<'source-missing'>, 'kind' | 'source' | 'detail'>
  | Pick<Of<'base-missing'>, 'kind' | 'image' | 'why' | 'detail'>
  | Pick<Of<'dockerfile-invalid'>, 'kind' | 'detail'>
  | { readonly kind: 'image-unknown' }
  | { readonly kind: 'container-unknown' }
  | Pick<Of<'command-not-started'>, 'kind' | 'detail'>;

interface Sign {
  readonly pattern: RegExp;
  readonly tells: (groups: Readonly<Record<string, string>>, line: string, lines: readonly string[]) => Told;
}

/** In this order: what stops everything comes before what it looks like from further away. */
const SIGNS: readonly Sign[] = [
  {
    pattern: /no space left on device|disk quota exceeded|ENOSPC/i,
    tells: (_, detail) => ({ kind: 'disk-full', detail }),
  },
  {
    pattern:
      /Cannot connect to the Docker daemon|Is the docker daemon running|error during connect|docker\.sock.*(connection refused|permission denied)|^unexpected EOF$|server did not provide an image ID|rpc error: code = Unavailable/i,
    tells: (_, detail) => ({ kind: 'engine-unreachable', detail }),
  },
  {
    pattern: /--mount option requires BuildKit|BuildKit is enabled but the buildx component is missing/,
    tells: (_, detail) => ({ kind: 'no-buildkit', detail }),
  },
  { pattern: /building at STEP "(?<step>RUN .*)": exit status (?<status>\d+)/, tells: stepFailed },
  { pattern: /The command '(?<step>.*)' returned a non-zero code: (?<status>\d+)/, tells: stepFailed },
  { pattern: /executor failed running \[(?<step>.*)\]: exit code: (?<status>\d+)/, tells: stepFailed },
  { pattern: /process "(?<step>.*)" did not complete successfully: exit code: (?<status>\d+)/, tells: stepFailed },
  {
    pattern:
      /exec: "(?<command>[^"]*)": .*(?:not found|no such file|permission denied)|OCI runtime attempted to invoke a command/,
    tells: (_, detail) => ({ kind: 'command-not-started', detail }),
  },
  {
    pattern:
      /setting rlimit|OCI permission denied|cgroup.*(?:not|invalid|fail)|container-init binary not found|OCI runtime .*not found|network \S+ not found/i,
    tells: (_, detail) => ({ kind: 'runtime-refused', detail }),
  },
  {
    pattern: /building at STEP "(?:COPY|ADD) (?<source>.*?)": .*(?:no such file or directory|no items matching glob)/,
    tells: ({ source = '' }, detail) => ({ kind: 'source-missing', source: firstSource(source), detail }),
  },
  {
    pattern: /(?:COPY|ADD) failed: .*stat (?<source>.*): (?:file does not exist|no such file)/,
    tells: ({ source = '' }, detail) => ({ kind: 'source-missing', source, detail }),
  },
  {
    pattern: /failed to (?:compute cache key|calculate checksum).*"\/?(?<source>[^"]*)"(?:: not found| not found)/,
    tells: ({ source = '' }, detail) => ({ kind: 'source-missing', source, detail }),
  },
  {
    pattern: /failed to walk \S+\/buildkit-mount\d+\/(?<source>\S+): .*no such file or directory/,
    tells: ({ source = '' }, detail) => ({ kind: 'source-missing', source, detail }),
  },
  {
    pattern: /short-name "(?<image>[^"]*)" did not resolve|short-name resolution enforced/,
    tells: ({ image }, detail, lines) => ({ kind: 'base-missing', image: image ?? lastBase(lines), why: 'short-name', detail }),
  },
  {
    pattern:
      /pull access denied|authentication required|unauthorized|requested access to the resource is denied|\b403 Forbidden/i,
    tells: (_, detail, lines) => ({ kind: 'base-missing', image: lastBase(lines), why: 'denied', detail }),
  },
  {
    pattern: /manifest unknown|manifest for .* not found|repository does not exist|name unknown|\/manifests\/\S+: .*not found/i,
    tells: (_, detail, lines) => ({ kind: 'base-missing', image: lastBase(lines), why: 'not-found', detail }),
  },
  {
    pattern:
      /dial tcp|no such host|connection refused|i\/o timeout|TLS handshake|x509: |network is unreachable|context deadline exceeded|proxyconnect|connection reset by peer/i,
    tells: (_, detail, lines) => ({ kind: 'base-missing', image: lastBase(lines), why: 'network', detail }),
  },
  {
    pattern:
      /no FROM statement|no contents in|dockerfile parse error|cannot be empty|unknown instruction|no build stage in current context/i,
    tells: (_, detail) => ({ kind: 'dockerfile-invalid', detail }),
  },
  {
    pattern: /no container with name or ID|No such container|is not running|no such container/i,
    tells: () => ({ kind: 'container-unknown' }),
  },
  {
    pattern: /image not known|No such image|reference does not exist|does not exist locally|Unable to find image/i,
    tells: () => ({ kind: 'image-unknown' }),
  },
];

/** The first known cause that the lines name; undefined when none does. */
export function told(lines: readonly string[]): Told | undefined {
  for (const { pattern, tells } of SIGNS) {
    for (const line of [...lines].reverse()) {
      const match = pattern.exec(line);
      if (match !== null) return tells(match.groups ?? {}, line, lines);
    }
  }
  return undefined;
}

function stepFailed({ step = '', status = '1' }: Readonly<Record<string, string>>): Told {
  return { kind: 'step-failed', step, status: Number(status) };
}

/** Of the arguments of COPY the first that is no option. */
function firstSource(instruction: string): string {
  return instruction.split(/\s+/).find((word) => !word.startsWith('--')) ?? instruction;
}

/** The image that the last lines were about. */
function lastBase(lines: readonly string[]): string {
  for (const line of [...lines].reverse()) {
    const match =
      /(?:^STEP \S+: |^Step \S+ : )FROM (?:--\S+ )?(\S+)|load metadata for (\S+?):?$|^Trying to pull (\S+?)\.\.\.$/.exec(line);
    const name = match?.[1] ?? match?.[2] ?? match?.[3];
    if (name !== undefined) return name;
  }
  return 'of FROM';
}
