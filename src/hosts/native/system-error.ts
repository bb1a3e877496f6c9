import { errorName } from 'posix';

/** What a system call answered instead of a value, in the form in which the shared code expects it. */
export class SystemError extends Error {
  readonly code: string;
  readonly syscall: string;
  constructor(errno: number, syscall: string) {
    super(`${syscall}: ${errorName(errno)}`);
    this.code = errorName(errno);
    this.syscall = syscall;
  }
}

/** Throws what a call answered when that is an errno. */
export function done(answer: number, syscall: string): void {
  if (answer < 0) throw new SystemError(answer, syscall);
}

/** The value a call answered; throws when it is an errno instead. */
export function answered<T extends object | string>(answer: T | number, syscall: string): T {
  if (typeof answer === 'number') throw new SystemError(answer, syscall);
  return answer;
}
