import { parentOf } from '../../inspect/paths.ts';
import { HOOK_NAMES } from '../../inspect/user-hooks.ts';
import type { ScriptFailure } from '../kinds/scripts.ts';
import type { Message } from '../message.ts';
import { baseName, quote, WITHOUT_HOOKS } from './text.ts';

/** The words about programs of the project. */
export function scriptWords(failure: ScriptFailure): Message {
  switch (failure.kind) {
    case 'script-not-executable':
      return {
        title: `${failure.path} is not executable.`,
        found: ['Permission denied'],
        write: {
          where: 'a terminal, in the source',
          text: `git update-index --chmod=+x ${typed(failure.path)}\ngit commit -m 'Make ${baseName(failure.path)} executable'`,
        },
        wayOut: `chmod +x ${typed(failure.path)} before a build from a plain folder.`,
      };
    case 'script-bare':
      return {
        title: `${failure.path} does not begin with #!, so nothing says what runs it.`,
        checks: ['whether an editor wrote a byte order mark (BOM) before it, or saved it as UTF-16'],
        write: { where: `${failure.path}, first line`, text: '#!/bin/sh' },
      };
    case 'script-crlf':
      return {
        title: `${failure.path} has Windows line ends (CRLF): its first line names an interpreter that ends in a carriage return.`,
        write: [
          { where: 'a terminal, in the source', text: `sed -i 's/\\r$//' ${typed(failure.path)}` },
          {
            where: '.gitattributes, so that git keeps it so',
            text: `${isRelative(failure.path) ? `${parentOf(failure.path)}/*` : '*.sh'} text eol=lf`,
          },
        ],
      };
    case 'script-interpreter-missing':
      return {
        title: `${failure.path} asks for the interpreter ${quote(failure.interpreter)}, which this image does not have.`,
        checks: [
          'the first line of the script',
          failure.interpreter.includes('/')
            ? 'whether the program needs to be installed in the image'
            : 'whether a manifest names the package that brings it',
        ],
        write: { where: `${typed(failure.path)}, first line`, text: '#!/bin/sh' },
      };
    case 'hook-folder':
      return {
        title: `${failure.path} is no folder.`,
        expected: `a folder with programs: ${HOOK_NAMES.join(', ')}`,
        wayOut: WITHOUT_HOOKS,
      };
    case 'hook-no-file':
      return {
        title: `${failure.path} is ${INSTEAD[failure.is]}, so it cannot be run.`,
        expected: 'an executable file, or a link to one in the source',
        checks: ['whether .s2iignore or .gitignore leaves a part of the source out of the build'],
        wayOut: WITHOUT_HOOKS,
      };
    case 'hook-misspelt':
      return {
        title: `${failure.path} is no hook, and there is no ${failure.meant}.`,
        write: {
          where: 'a terminal, in the source',
          text: `git mv ${failure.path} ${parentOf(failure.path)}/${failure.meant}`,
        },
        wayOut: `another name, or another folder. ${WITHOUT_HOOKS}`,
      };
  }
}

const INSTEAD = {
  directory: 'a folder',
  dangling: 'a link that leads nowhere',
  other: 'a pipe, socket or device',
  outside: 'a link that leads out of the source',
} as const;

/** The path as it is typed in the source: of an absolute one, which is that of an image, only the name is known there. */
function typed(path: string): string {
  return isRelative(path) ? path : baseName(path);
}

function isRelative(path: string): boolean {
  return !path.startsWith('/');
}
