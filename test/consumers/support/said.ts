import { expect } from 'vitest';
import type { AppCase } from '../../support/app-case.ts';

/** What assemble says of fetching one of its tools. */
const FETCHING = /^---> Fetching \w+ for this build/;

/** The lines that an application's case names are in the log of its build, in an image that has the tools packed or not. */
export function expectSaid({ assemble, venv }: AppCase, log: string, tools: 'packed' | 'fetched'): void {
  // In an image the environment is there already.
  for (const line of venv === 'image' ? assemble.log : []) {
    if (tools === 'packed' && FETCHING.test(line)) expect(log).not.toContain(line);
    else expect(log).toContain(line);
  }
}
