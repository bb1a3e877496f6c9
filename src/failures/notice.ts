/** Things worth a line that stop nothing. Closed union; the words are in `words.ts`. */
export type Notice =
  | { readonly kind: 'text'; readonly level: 'info' | 'warning'; readonly text: string }
  | { readonly kind: 'switch-looks-off'; readonly setting: string; readonly value: string }
  | { readonly kind: 'quotes-stripped'; readonly setting: string; readonly value: string }
  | { readonly kind: 'setting-ignored'; readonly setting: string; readonly reason: string }
  | { readonly kind: 'secret-in-environment'; readonly setting: string }
  | { readonly kind: 'secret-in-manifest'; readonly file: string; readonly line: number }
  | { readonly kind: 'manifest-bom'; readonly file: string }
  | { readonly kind: 'manifest-encoding'; readonly file: string; readonly encoding: 'UTF-16' | 'NUL bytes' | 'unknown' }
  | {
      readonly kind: 'manifest-no-file';
      readonly file: string;
      readonly what: 'a folder' | 'a link that leads nowhere' | 'a pipe, socket or device';
    }
  | { readonly kind: 'misspelt-name'; readonly found: string; readonly meant: string }
  | { readonly kind: 'tool-settings-only'; readonly file: string; readonly disabledBy: string }
  | { readonly kind: 'not-used'; readonly file: string; readonly reason: string }
  | { readonly kind: 'carried-along'; readonly name: string; readonly what: string; readonly advice: string };
