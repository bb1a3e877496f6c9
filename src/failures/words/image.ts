import type { ImageFailure } from '../kinds/image.ts';
import type { Message, Words } from '../message.ts';
import { WITHOUT_HOOKS } from './text.ts';

/** The words about what an image lacks. */
export const imageWords: Words<ImageFailure> = { 'no-shell': noShell };

function noShell({ subject, program, python = 'VERSION' }: ImageFailure): Message {
  const isServer = subject === 'mod_wsgi';
  const isHook = subject.startsWith('.s2i/');
  return {
    title: `${subject} is run by ${program}, which is not there: this is a micro image, without a shell and without its programs.`,
    expected: `${isServer ? 'gunicorn' : 'a program that Python runs'}, or an image that has a shell: the minimal or the full one`,
    write: [
      isServer
        ? { where: 'requirements.txt', text: 'gunicorn' }
        : isHook
          ? { where: `${subject}, first line`, text: '#!/opt/app-root/bin/python' }
          : { where: '.s2i/environment', text: 'APP_MODULE=module:variable' },
      { where: 'the Dockerfile instead, for the last stage', text: `FROM s2i-python:${python}-minimal` },
    ],
    ...(isServer
      ? {}
      : { wayOut: isHook ? WITHOUT_HOOKS : 'wsgi.py, app.py, APP_FILE and a Django project are started without a shell too.' }),
  };
}
