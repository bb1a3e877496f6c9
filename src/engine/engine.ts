import type { EngineFailure } from './failure.ts';

/** Programs that build and keep images. */
export type EngineName = 'podman' | 'buildah' | 'docker';

/** Success and failure have one shape; what an engine does never throws. */
export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: EngineFailure };

/** How a caller follows what an engine does, and ends it. */
export interface Watch {
  /** Gets every line the engine and the steps of a build print, as it comes, without its end. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
  /** Ends the engine and everything it started; the outcome is then `interrupted`. */
  readonly signal?: AbortSignal;
}

export interface Volume {
  /** Absolute path on this machine. A folder: the mount point of a single file stays in the image as an empty file. */
  readonly source: string;
  readonly target: string;
  readonly access: 'read-only' | 'read-write';
}

export interface BuildRequest {
  /** Absolute path of the folder that COPY takes files from. */
  readonly context: string;
  /** Absolute path; it need not lie in the context. */
  readonly dockerfile: string;
  /** Names the image gets. None: it is known by its id only. */
  readonly tags: readonly string[];
  /** Values of ARG. They stand in the image's history, so no secrets. */
  readonly arguments?: Readonly<Record<string, string>>;
  /** Files for `RUN --mount=type=secret,id=…`. */
  readonly secrets?: readonly { readonly id: string; readonly file: string }[];
  /** Folders that every RUN sees. Not with docker. */
  readonly volumes?: readonly Volume[];
  /** Default: the engine's. */
  readonly network?: 'host' | 'none';
  /** How a RUN is kept apart from this machine. Default: the engine's. Not with docker. */
  readonly isolation?: 'oci' | 'chroot' | 'rootless';
  /** Default `docker`, which keeps HEALTHCHECK, SHELL and ONBUILD. docker knows only that. */
  readonly format?: 'docker' | 'oci';
  /** A layer for each instruction that writes files (default), or all of them in one above the base. */
  readonly layers?: 'each' | 'one';
  /** Whether results of earlier builds may be used. Default `use`. */
  readonly cache?: 'use' | 'ignore';
  /** The stage to stop at. */
  readonly target?: string;
}

export interface RunRequest {
  readonly image: string;
  /** A name no other container has; the container is removed when it has ended. */
  readonly name: string;
  /** Default: the image's. */
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly user?: string;
  /** `image`: podman adds no line for a user that the image's /etc/passwd does not name; docker never does. */
  readonly passwd?: 'engine' | 'image';
  readonly network?: 'host' | 'none';
  readonly volumes?: readonly Volume[];
  /** Paths that are empty and in memory. */
  readonly temporary?: readonly string[];
  /** `read-only`: wholly, but for `temporary` and `volumes`. */
  readonly rootFilesystem?: 'writable' | 'read-only';
  /** `engine`: an init of the engine is process 1. Default `none`. */
  readonly init?: 'none' | 'engine';
  /** What the processes may do. `none`: no capability, and none to be gained, as on OpenShift. */
  readonly capabilities?: 'default' | 'none';
  /** `host`: those of the caller, for machines on which limits cannot be raised. */
  readonly limits?: 'default' | 'host';
  /** Bytes. */
  readonly memory?: number;
  /** Processors; 0.5 is half of one. */
  readonly processors?: number;
}

/** What an image's metadata says. Empty where it says nothing. */
export interface ImageFacts {
  /** 64 hexadecimal digits. */
  readonly id: string;
  readonly architecture: string;
  readonly user: string;
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  /** As `8080/tcp`. */
  readonly ports: readonly string[];
  readonly volumes: readonly string[];
  readonly onBuild: readonly string[];
  /** `sha256:…` of each layer's tar, the base's first. */
  readonly layers: readonly string[];
}

/** One engine of this machine. Its methods can run side by side. */
export interface Engine {
  readonly name: EngineName;
  readonly version: string;

  /**
   * Builds an image and answers its id. Fails before anything starts when a file of the request is missing or the engine
   * cannot do what is asked; a failing build leaves no container and no tag. Nothing is tried again: engines repeat
   * downloads themselves.
   */
  build(request: BuildRequest, watch?: Watch): Promise<Outcome<string>>;

  /** Reads an image's metadata. An image that is not on this machine is `image-unknown`: nothing is downloaded. */
  inspect(image: string): Promise<Outcome<ImageFacts>>;

  /** Writes an image to a new archive, which appears whole or not at all. An archive of that name is replaced. */
  saveArchive(image: string, archive: { readonly file: string; readonly format: ArchiveFormat }): Promise<Outcome<string>>;

  /** Takes the images of a docker-archive in; their names then mean them. */
  loadArchive(file: string): Promise<Outcome<string>>;

  /** Gives an image one more name, taking it from the image that had it. */
  tag(image: string, name: string): Promise<Outcome<string>>;

  /** Takes a name away, and the image with its last one. `image-unknown` when it is gone already. */
  remove(image: string): Promise<Outcome<string>>;

  /**
   * Runs a container to its end and answers its exit status, whatever it is; the container is removed. Fails only when it
   * could not be started, or the engine died. Never downloads an image. buildah has no containers to run.
   */
  run(request: RunRequest, watch?: Watch): Promise<Outcome<number>>;

  /** Sends a signal to process 1 of a container that runs. */
  signal(container: string, signal: NodeJS.Signals): Promise<Outcome<string>>;
}

export type ArchiveFormat = 'docker-archive' | 'oci-archive';
