import { hasShell } from '../inspect/programs.ts';
import { type Finished, type Program, say } from './perform.ts';
import type { Reader } from './reader.ts';

/** Says how to use the image (B98): a text, no side effect (A8). */
export function* usage(reader: Reader): Program<Finished> {
  const { PYTHON_VERSION } = reader.environment;
  const python = PYTHON_VERSION === undefined ? 'Python' : `Python ${PYTHON_VERSION}`;
  const on = distribution(reader);
  if (hasShell(reader)) {
    yield* say('info', `This is an S2I builder image for ${python}${on}.`);
    yield* say('info', BUILDER);
  } else {
    yield* say('info', `This image runs applications of ${python}${on} that another image built. It has no shell.`);
    yield* say('info', RUNNER);
  }
  return { code: 0 };
}

function distribution(reader: Reader): string {
  const read = reader.readText('/etc/os-release');
  const name = read.ok ? /^PRETTY_NAME=(["']?)(.*)\1$/m.exec(read.text)?.[2] : undefined;
  return name === undefined ? '' : ` on ${name}`;
}

const BUILDER = `
Build an application from a folder or a git repository:
    s2i build . IMAGE my-application
    docker run -p 8080:8080 my-application

or from a Dockerfile:
    FROM IMAGE
    COPY --chown=1001:0 . /tmp/src
    RUN /usr/libexec/s2i/assemble
    CMD ["/usr/libexec/s2i/run"]

or on OpenShift:
    oc new-app IMAGE~https://git.example/you/application.git

The dependencies come from requirements.txt, setup.py, pyproject.toml or, switched on, Pipfile.
What is started: gunicorn.conf.py, app.sh, app.py, wsgi.py or a Django project; APP_MODULE, APP_FILE and APP_SCRIPT decide.`;

const RUNNER = `
Build an application in the full or the minimal image, and take it along:
    FROM BUILDER AS build
    COPY --chown=1001:0 . /tmp/src
    RUN /usr/libexec/s2i/assemble

    FROM IMAGE
    COPY --from=build --chown=1001:0 /opt/app-root /opt/app-root
    CMD ["/usr/libexec/s2i/run"]

What is started: gunicorn.conf.py, app.py, wsgi.py or a Django project; APP_MODULE and APP_FILE decide.
Commands are written as lists: ["python", "-c", "print(1)"].`;
