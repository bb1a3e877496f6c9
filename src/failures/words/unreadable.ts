import type { ReadProblem } from '../../execute/reader.ts';
import type { Message } from '../message.ts';

/** Why a file cannot be read, in words. */
export function unreadable(file: string, problem: ReadProblem): Message {
  switch (problem.what) {
    case 'absent':
      return { title: `${file} does not exist.` };
    case 'directory':
      return { title: `${file} is a folder.`, expected: 'a file', checks: ['rename the folder if it is something else'] };
    case 'special':
      return { title: `${file} is no regular file (a pipe, socket or device).`, expected: 'a regular file' };
    case 'dangling':
      return {
        title: `${file} is a symbolic link to something that does not exist.`,
        checks: ['whether the target was left out of the build'],
      };
    case 'unreadable':
      return {
        title: `${file} cannot be read: ${reasonOf(problem.reason)}.`,
        checks: ['its owner and mode: the build runs as UID 1001, group 0', `chmod g+r ${file}`],
      };
    case 'too-large':
      return {
        title: `${file} has ${problem.bytes} bytes, which is too much to be true.`,
        expected: `at most ${problem.limit} bytes`,
        checks: ['whether another file got this name', 'whether the program that wrote it went wrong'],
      };
    case 'utf-16':
      return {
        title: `${file} is written in UTF-16 (${problem.order} endian).`,
        expected: 'UTF-8',
        checks: ['whether it was written by PowerShell\'s >, or saved as "Unicode": save it as UTF-8'],
        write: { where: 'a terminal', text: `iconv -f UTF-16 -t UTF-8 ${file} > ${file}.new && mv ${file}.new ${file}` },
      };
    case 'not-utf8':
      return {
        title: `${file} is no UTF-8: byte ${problem.offset} does not fit.`,
        expected: 'UTF-8',
        write: {
          where: 'a terminal (if it is Latin-1)',
          text: `iconv -f ISO-8859-1 -t UTF-8 ${file} > ${file}.new && mv ${file}.new ${file}`,
        },
      };
  }
}

/** The commonest errno in words. */
export function reasonOf(reason: string): string {
  return reason === 'EACCES' || reason === 'EPERM' ? `permission denied (${reason})` : reason;
}
