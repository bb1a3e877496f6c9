/** What the image lacks that an application is run in, when it was built in another one. */
export type ImageFailure =
  /** The micro image. */
  {
    readonly kind: 'no-shell';
    /** `mod_wsgi`, or the name of a script. */
    readonly subject: string;
    /** What it would be run by. */
    readonly program: string;
    /** `3.13`, where it is known. */
    readonly python: string | undefined;
  };
