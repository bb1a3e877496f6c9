/** What can be wrong with the choice of what installs the dependencies. */
export type InstallerFailure =
  | {
      readonly kind: 'package-managers-differ';
      readonly manager: string;
      readonly setting: 'ENABLE_PIPENV' | 'ENABLE_MICROPIPENV';
      readonly switched: string;
    }
  | { readonly kind: 'several-locks'; readonly locks: readonly { readonly file: string; readonly installer: string }[] }
  | {
      readonly kind: 'manager-without-manifest';
      readonly manager: string;
      readonly file: string;
      readonly writtenBy: string;
    }
  | {
      readonly kind: 'python-differs';
      /** The version there is. */
      readonly python: string;
      readonly demands: readonly { readonly file: string; readonly key: string | undefined; readonly wanted: string }[];
      /** Images that would do, by their Python. */
      readonly fitting: readonly string[];
    }
  | {
      readonly kind: 'selection-unknown';
      readonly setting: 'S2I_INSTALL_EXTRAS' | 'S2I_INSTALL_GROUPS';
      readonly file: string;
      readonly missing: readonly string[];
      readonly known: readonly string[];
    }
  /** A project of Poetry's that is no package and has no lock. */
  | { readonly kind: 'no-package-no-lock'; readonly writtenBy: string }
  /** A lock without the manifest that it was made from. */
  | { readonly kind: 'lock-alone'; readonly file: string; readonly besides: string };
