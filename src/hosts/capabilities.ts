/** What a host can do for the program it starts or hands over to, beyond what every host does. */
export type Capability =
  /** SIGPIPE and SIGXFSZ are at their default in the program, where `/usr/bin/env` is that of GNU coreutils 8.31 or later. */
  | 'default-signals-with-gnu-env'
  /** The same where it is another one, or none. */
  | 'default-signals-without-gnu-env'
  /** Values of the environment reach the program byte for byte. */
  | 'environment-values-as-bytes'
  /** So do entries whose name is no UTF-8. */
  | 'environment-names-as-bytes'
  /** A signal that was ignored when the hook started is ignored in the program (`nohup`). */
  | 'ignored-signals-stay-ignored'
  /** A signal that was blocked is blocked. */
  | 'blocked-signals-stay-blocked'
  /** Open descriptors from 3 on reach the program, as socket activation needs. */
  | 'further-descriptors-stay-open'
  /** A standard descriptor that was closed is closed in the program. */
  | 'closed-descriptors-stay-closed';

export type HostName = 'node' | 'native';

export type Verdict = { readonly can: true } | { readonly can: false; readonly reason: string };

/**
 * Total: each host has a verdict on each capability, and a test that measures it. `N2` is an item of
 * docs/upstream/node-and-signals.md; what a user can notice stands in docs/differences.md.
 */
export const capabilities: Readonly<Record<HostName, Readonly<Record<Capability, Verdict>>>> = {
  node: {
    'default-signals-with-gnu-env': { can: true },
    'default-signals-without-gnu-env': {
      can: false,
      reason:
        'Node ignores SIGPIPE and SIGXFSZ, has no call to undo that, and a shell may not either; only env --default-signal can (N1, N5).',
    },
    'environment-values-as-bytes': { can: true },
    'environment-names-as-bytes': {
      can: false,
      reason:
        'Node passes names on as UTF-8 text, and the shell that restores values takes only shell names; a shell script loses them as well (N15, N21).',
    },
    'ignored-signals-stay-ignored': {
      can: false,
      reason: 'Node sets every signal to its default at its start and cannot say what it was (N2).',
    },
    'blocked-signals-stay-blocked': {
      can: false,
      reason: 'Node clears the signal mask at its start and cannot say what it was (N3).',
    },
    'further-descriptors-stay-open': {
      can: false,
      reason: 'Node marks the descriptors it inherits as close-on-exec and has no call to undo that (N14).',
    },
    'closed-descriptors-stay-closed': {
      can: false,
      reason: 'Node opens /dev/null in place of a closed descriptor 0, 1 or 2 before its first line of JavaScript (N13).',
    },
  },
  native: {
    'default-signals-with-gnu-env': { can: true },
    'default-signals-without-gnu-env': { can: true },
    'environment-values-as-bytes': { can: true },
    'environment-names-as-bytes': { can: true },
    'ignored-signals-stay-ignored': { can: true },
    'blocked-signals-stay-blocked': { can: true },
    'further-descriptors-stay-open': { can: true },
    'closed-descriptors-stay-closed': { can: true },
  },
};
