import type { StartFailure } from '../kinds/start.ts';
import type { Message, Words } from '../message.ts';
import { quote, spelling } from './text.ts';

/** The words about what a setting or a script names. */
export const startWords: Words<StartFailure> = {
  'app-home-missing': ({ value, path, similar }) => ({
    title: `APP_HOME is ${quote(value)}, and there is no such folder.`,
    found: [`Looked for ${path}`],
    expected: 'a folder, absolute or relative to the source',
    checks: [spelling(similar ?? []), 'whether .s2iignore leaves it out', 'whether --context-dir already points into it'],
    ...meant('APP_HOME', value, similar),
    wayOut: 'leave APP_HOME unset to work in the root of the source.',
  }),
  'app-file-missing': ({ value, setting, directory, instead, similar }) => ({
    title: `file '${value}' not found.`,
    found: [`${setting}=${value}, looked for in ${directory}`, ...(instead === undefined ? [] : [`It is ${INSTEAD[instead]}.`])],
    checks: [
      spelling(similar),
      'whether it lies in APP_HOME: the name is relative to it',
      'whether .s2iignore or .gitignore leaves it out of the build',
    ],
    ...meant(setting, value, similar),
    wayOut: `leave ${setting} unset.`,
  }),
  'environment-moved': ({ found, built, appRoot }) => ({
    title:
      found.length === 0
        ? `The application was built for Python ${built}, and this image has no Python where the build found it.`
        : `The application was built for Python ${built}, and this image has Python ${found.join(', ')}.`,
    expected: `an image with Python ${built}: installed packages lie in a folder that only this version looks into`,
    checks: [
      `whether the image that built ${appRoot} and this one are of the same Python version and distribution`,
      `whether ${appRoot} was copied into an image whose Python lies elsewhere: it has to be /usr/bin/python${built}`,
    ],
    write: {
      where: 'the Dockerfile',
      text: `FROM s2i-python:${built} AS build\n…\nFROM s2i-python:${built}-minimal`,
    },
  }),
  'process-missing': processMissing,
};

/** The setting with the name that was meant, in the same folder. */
function meant(setting: string, value: string, [similar]: readonly string[] = []): Pick<Message, 'write'> {
  if (similar === undefined) return {};
  return { write: { where: '.s2i/environment', text: `${setting}=${value.slice(0, value.lastIndexOf('/') + 1)}${similar}` } };
}

const INSTEAD = { directory: 'a folder', dangling: 'a link that leads nowhere', other: 'a pipe, socket or device' } as const;

function processMissing({ process, directory, hasFile, processes }: Extract<StartFailure, { kind: 'process-missing' }>): Message {
  return {
    title: `APP_PROCESS=${process}, but ${hasFile ? 'Procfile has no such line' : 'there is no Procfile'}.`,
    found: [`Looked in ${directory}`, ...(processes.length === 0 ? [] : [`It has lines for ${processes.join(', ')}.`])],
    expected: 'a line "name: command"',
    write: { where: 'Procfile', text: `${process}: python ${process}.py` },
    wayOut: 'leave APP_PROCESS unset.',
  };
}
