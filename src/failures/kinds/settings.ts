/** What can be wrong with a setting. */
export type SettingFailure =
  | {
      readonly kind: 'setting-value';
      readonly setting: string;
      readonly value: string;
      readonly expected: string;
      readonly example: string;
    }
  | { readonly kind: 'setting-not-text'; readonly setting: string }
  | { readonly kind: 'pipenv-and-micropipenv' }
  /** A warning, under S2I_STRICT. */
  | { readonly kind: 'strict'; readonly warning: string };
