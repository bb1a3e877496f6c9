/** What can be wrong with what a setting or a script names. */
export type StartFailure =
  | {
      readonly kind: 'app-home-missing';
      readonly value: string;
      readonly path: string;
      /** Folders that could have been meant. */
      readonly similar?: readonly string[];
    }
  | {
      readonly kind: 'app-file-missing';
      readonly setting: 'APP_SCRIPT' | 'APP_FILE' | 'APP_CONFIG';
      readonly value: string;
      readonly directory: string;
      readonly similar: readonly string[];
      /** What stands there when it is no file. */
      readonly instead?: 'directory' | 'dangling' | 'other';
    }
  /** The environment was built for a Python that this image does not have; versions like `3.13`. */
  | {
      readonly kind: 'environment-moved';
      /** The link to the interpreter leads nowhere, or to another version. */
      readonly what: 'absent' | 'version';
      readonly appRoot: string;
      readonly built: string;
      readonly found: readonly string[];
    }
  | {
      readonly kind: 'process-missing';
      readonly process: string;
      readonly directory: string;
      readonly hasFile: boolean;
      /** The processes that there are. */
      readonly processes: readonly string[];
    };
