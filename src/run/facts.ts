import type { EnvironmentPatch } from '../execute/effect.ts';
import type { Failure } from '../failures/failure.ts';
import type { Notice } from '../failures/notice.ts';
import type { PageServer, SourcesAnswer } from '../inspect/applications/answer.ts';
import type { Interface } from '../inspect/applications/judge.ts';
import type { Loopback } from '../inspect/applications/loopback.ts';
import type { DjangoProject } from '../inspect/django/project.ts';
import type { Fact, Source } from '../inspect/fact.ts';
import type { Limits } from '../inspect/limits/limits.ts';
import type { Procfile } from '../inspect/procfile/parse.ts';
import type { ModulePlace } from '../inspect/python/modules.ts';
import type { ScriptHead } from '../inspect/script-head.ts';
import type { Settings } from '../inspect/settings/read.ts';
import type { UserHook } from '../inspect/user-hooks.ts';

/** Everything the launch is decided from. Whoever builds it (the hook, `plan`, a test) decides nothing. */
export interface RunFacts {
  readonly place: RunPlace;
  readonly identity: { readonly uid: number; readonly gid: number };
  /** False where the root is known to have no shell, as in the micro image. */
  readonly shell: boolean;
  /** PYTHON_VERSION, by which the images are named. */
  readonly python: string | undefined;
  readonly settings: Settings;
  readonly notices: readonly Notice[];
  /** Settings with values that cannot be used; they count only where the launch needs the setting. */
  readonly settingFailures: readonly Failure[];
  /** gunicorn.conf.py in the directory where run was started (B40). */
  readonly configuration: Configuration;
  /** APP_HOME resolved (B42). */
  readonly appHome: {
    readonly value: string;
    readonly path: string;
    readonly exists: boolean;
    /** Folders beside it that could have been meant, when it is not there. */
    readonly similar: readonly string[];
  };
  /** `.s2i/hooks/pre-run`; undefined while the image is built. */
  readonly preRun: UserHook | undefined;
  readonly script: SoughtScript | undefined;
  readonly file: SoughtProgram | undefined;
  /** What every command gets; no secrets, only what differs from the given environment. */
  readonly environment: EnvironmentPatch;
  readonly procfile: Procfile | undefined;
  /** Values of the variables that Procfile mentions; undefined while the image is built: they are not of that time. */
  readonly variables: Readonly<Record<string, string>> | undefined;
  /** Variables that Streamlit and Gradio take options from and that are set. */
  readonly given: readonly string[];
  readonly init: InitFacts;
  /** What tells gunicorn its graceful timeout; only looked for where S2I_GRACE_PERIOD is set. */
  readonly ownGrace: string | undefined;
  /** There is a folder in memory, where gunicorn's workers can tell that they live. */
  readonly sharedMemory: boolean;
  readonly user: UserFacts;
  /** Undefined when a script decides already, or APP_HOME does not exist: the rest was not looked at. */
  readonly serving: ServingFacts | undefined;
}

/** What decides between the ways to start. assemble stores it, and run uses it while what it rests on is as it was. */
export interface DecidingFacts extends Pick<RunFacts, 'configuration' | 'script' | 'file' | 'procfile'> {
  readonly serving: Omit<ServingFacts, 'limits' | 'forwardedAllowIps'> | undefined;
}

export interface RunPlace {
  /** The virtual environment. */
  readonly appRoot: string;
  /** Where run was started. */
  readonly directory: string;
}

/** gunicorn's configuration file in a folder. */
export type Configuration =
  | { readonly is: 'absent' }
  | { readonly is: 'without-application' }
  | {
      readonly is: 'with-application';
      /** gunicorn on PATH, and its version where the environment tells it (`''` where not); undefined when it is not installed. */
      readonly gunicorn: string | undefined;
    };

/** A file that APP_SCRIPT or APP_FILE names, or the default of it. */
export interface SoughtFile {
  readonly name: string;
  readonly path: string;
  readonly source: Source;
  readonly exists: boolean;
  /** Names in its folder that could have been meant; only looked for when the file is not there. */
  readonly similar: readonly string[];
  /** What stands there when it is no file. */
  readonly instead?: 'directory' | 'dangling' | 'other';
}

/** A Python file that would be run. */
export interface SoughtProgram extends SoughtFile {
  /**
   * `ask`: only Python's own parser can tell whether the default app.py does more than define an application; `needs`: it is
   * a script that this server has to run.
   */
  readonly ends: 'may-run' | 'ask' | { readonly atOnce: string } | { readonly needs: PageServer };
  /** Where it listens for nobody but itself. */
  readonly loopback?: Loopback;
  /** It imports gradio: run as a program, it gets its address from the environment. */
  readonly gradio?: true;
}

export interface SoughtScript extends SoughtFile {
  readonly executable: boolean;
  readonly head: ScriptHead;
}

export interface InitFacts {
  readonly isProcessOne: boolean;
  /** The init-wrapper of the native hooks, or else tini; undefined when neither is there, or none was needed. */
  readonly program: { readonly name: 'init-wrapper' | 'tini'; readonly path: string } | undefined;
}

/** The user that the process runs as, when nothing in the system names it (B67, B68). */
export type UserFacts = 'known' | UnknownUser;

export interface UnknownUser {
  /** The variables that are set already. */
  readonly given: {
    readonly user: boolean;
    readonly logname: boolean;
    readonly home: string | undefined;
    readonly preload: string;
  };
  /** The text of /etc/passwd; undefined when it cannot be read. */
  readonly passwd: string | undefined;
  /** nss_wrapper is installed. */
  readonly wrapper: boolean;
}

export interface ServingFacts {
  /** Versions of the servers that are installed; `''` when unknown. */
  readonly servers: Readonly<Partial<Record<AppServer, string>>>;
  readonly pages: PageFacts;
  /** The class that lets gunicorn serve ASGI; undefined when no package brings one. */
  readonly uvicornWorker: string | undefined;
  readonly django: string | undefined;
  readonly managePy: boolean;
  readonly wsgiPy: boolean;
  /** Where the module of APP_MODULE is. */
  readonly appModule: ModulePlace | undefined;
  /** Modules in APP_HOME that APP_MODULE could mean, when there is none of its name. */
  readonly similarModules: readonly string[];
  /** Source of the module that APP_MODULE or wsgi.py names, when it was found. */
  readonly named: NamedSource | undefined;
  /** Where an application can be when nothing names it. */
  readonly sources: SourcesFacts;
  /** The first setup.py; only looked for when no module is named and there is no wsgi.py. */
  readonly setup: SetupFacts | undefined;
  /** Only read when it can decide. */
  readonly project: DjangoProject | undefined;
  /** Where the modules that the project names are. */
  readonly projectModules: readonly { readonly module: string; readonly place: ModulePlace }[];
  /** The file that APP_CONFIG names, else gunicorn.conf.py in APP_HOME. */
  readonly configuration: { readonly file: string; readonly is: 'absent' | 'without-application' | 'with-application' };
  /** Whether gunicorn's configuration file chooses a worker class; only looked at when it could matter. */
  readonly workerClass: 'given' | 'not-given';
  /** Similar names, when APP_CONFIG is not there. */
  readonly similarConfiguration: readonly string[];
  /** Python files in APP_HOME; only looked for when nothing tells what the application is. */
  readonly pythonFiles: readonly string[];
  /** Files one folder below that show what lies there: `backend/manage.py`; looked for where nothing else tells. */
  readonly below: readonly string[];
  /** Web frameworks that are installed, by their distribution name. */
  readonly frameworks: readonly string[];
  /** Folders that modules were looked for in, for messages. */
  readonly searched: readonly string[];
  /** FORWARDED_ALLOW_IPS, or gunicorn's default for it. */
  readonly forwardedAllowIps: string;
  /** Undefined when WEB_CONCURRENCY is set. */
  readonly limits: Limits | undefined;
  /** What an import of an application told about its protocol. */
  readonly imported: Imported | undefined;
}

/** What decides about scripts that make pages. */
export interface PageFacts {
  readonly servers: readonly PageServer[];
  /** Files in which such a script is looked for, relative to APP_HOME, in order. */
  readonly files: readonly string[];
  /** Options that a config.toml of Streamlit sets, of those that we would set: `server.port`. */
  readonly configured: readonly string[];
}

/** Servers that are given an application object. */
export type AppServer = 'gunicorn' | 'mod_wsgi' | 'uvicorn' | 'hypercorn' | 'granian' | 'daphne' | 'uwsgi' | 'waitress';

/** The protocol that an application showed when it was imported while the image was built. */
export interface Imported {
  readonly application: string;
  readonly protocol: Interface;
}

export interface NamedSource {
  /** As the question about sources names it. */
  readonly file: string;
  /** `wsgi`: the text alone shows that it is no ASGI application. */
  readonly plainly: 'wsgi' | 'unknown';
  /** The first of the names by custom that it may bind: `application`, `app`, `server`. */
  readonly variable?: string;
}

export interface SourcesFacts {
  /** Folders that modules of the project lie in. */
  readonly roots: readonly string[];
  /** Files in which an application is looked for, in order. */
  readonly files: readonly SourceFile[];
  /** pyproject.toml: `entrypoint` of [tool.fastapi], and what [project.scripts] start. */
  readonly entrypoint: string | undefined;
  readonly scripts: readonly { readonly name: string; readonly installed: boolean }[];
  /** What Python answered; undefined when it was not asked. */
  readonly answer: SourcesAnswer | undefined;
}

/** A file that may define an application. */
export interface SourceFile {
  /** Relative to APP_HOME. */
  readonly file: string;
  readonly module: string;
  /** The folder in APP_HOME that has to be on Python's path for the module to be found. */
  readonly folder?: string;
  /** Files at the top come before packages, and other names last; of several packages, or other names, none is guessed. */
  readonly of: 'top' | 'package' | 'other';
}

export interface SetupFacts {
  /** Absolute path of setup.py. */
  readonly path: string;
  readonly name: SetupAnswer;
  /** Where the module is that the name leads to. */
  readonly module: SetupModule | undefined;
}

/** The name, or what became of asking setup.py for it. */
export type SetupAnswer =
  | { readonly is: 'text'; readonly name: Fact<string> }
  | { readonly is: 'not-asked' }
  | { readonly is: 'no-answer'; readonly reason: string };

export interface SetupModule {
  readonly name: string;
  readonly place: ModulePlace;
  /** False when its source certainly has no `application`. */
  readonly mayHaveApplication: boolean;
}
