import { parentOf } from '../../inspect/paths.ts';
import { HOOK_NAMES } from '../../inspect/user-hooks.ts';
import type { ScriptFailure } from '../kinds/scripts.ts';
import type { Words } from '../message.ts';
import { baseName, quote, WITHOUT_HOOKS } from './text.ts';

/** The words about programs of the project. */
export const scriptWords: Words<ScriptFailure> = {
  'script-not-executable': ({ path }) => ({
    title: `${path} is not executable.`,
    found: ['Permission denied'],
    write: {
      where: 'a terminal, in the source',
      text: `git update-index --chmod=+x ${typed(path)}\ngit commit -m 'Make ${baseName(path)} executable'`,
    },
    wayOut: `chmod +x ${typed(path)} before a build from a plain folder.`,
  }),
  'script-bare': ({ path }) => ({
    title: `${path} does not begin with #!, so nothing says what runs it.`,
    checks: ['whether an editor wrote a byte order mark (BOM) before it, or saved it as UTF-16'],
    write: { where: `${path}, first line`, text: '#!/bin/sh' },
  }),
  'script-crlf': ({ path }) => ({
    title: `${path} has Windows line ends (CRLF): its first line names an interpreter that ends in a carriage return.`,
    write: [
      { where: 'a terminal, in the source', text: `sed -i 's/\\r$//' ${typed(path)}` },
      {
        where: '.gitattributes, so that git keeps it so',
        text: `${isRelative(path) ? `${parentOf(path)}/*` : '*.sh'} text eol=lf`,
      },
    ],
  }),
  'script-interpreter-missing': ({ path, interpreter }) => ({
    title: `${path} asks for the interpreter ${quote(interpreter)}, which this image does not have.`,
    checks: [
      'the first line of the script',
      interpreter.includes('/')
        ? 'whether the program needs to be installed in the image'
        : 'whether a manifest names the package that brings it',
    ],
    write: { where: `${typed(path)}, first line`, text: '#!/bin/sh' },
  }),
  'hook-folder': ({ path }) => ({
    title: `${path} is no folder.`,
    expected: `a folder with programs: ${HOOK_NAMES.join(', ')}`,
    wayOut: WITHOUT_HOOKS,
  }),
  'hook-no-file': ({ path, is }) => ({
    title: `${path} is ${INSTEAD[is]}, so it cannot be run.`,
    expected: 'an executable file, or a link to one in the source',
    checks: ['whether .s2iignore or .gitignore leaves a part of the source out of the build'],
    wayOut: WITHOUT_HOOKS,
  }),
  'hook-misspelt': ({ path, meant }) => ({
    title: `${path} is no hook, and there is no ${meant}.`,
    write: {
      where: 'a terminal, in the source',
      text: `git mv ${path} ${parentOf(path)}/${meant}`,
    },
    wayOut: `another name, or another folder. ${WITHOUT_HOOKS}`,
  }),
};

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
