/** What can be wrong with a program of the project: its script, or a hook. The path of a hook is relative to the source. */
export type ScriptFailure =
  | { readonly kind: 'script-not-executable'; readonly path: string }
  /** Nothing says what runs it. */
  | { readonly kind: 'script-bare'; readonly path: string }
  | { readonly kind: 'script-crlf'; readonly path: string }
  | { readonly kind: 'script-interpreter-missing'; readonly path: string; readonly interpreter: string }
  | { readonly kind: 'hook-folder'; readonly path: string }
  | { readonly kind: 'hook-no-file'; readonly path: string; readonly is: 'directory' | 'dangling' | 'other' | 'outside' }
  | { readonly kind: 'hook-misspelt'; readonly path: string; readonly meant: string };
