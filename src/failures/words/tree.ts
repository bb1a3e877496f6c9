import type { TreeProblem } from '../../execute/effect.ts';
import type { BuildingFailure } from '../kinds/building.ts';
import type { Message } from '../message.ts';
import { CAUSE_CHECKS } from './causes.ts';
import { ROLE_WORDS } from './roles.ts';

/** The words about files that could not be placed or changed. */
export function treeFailed({ role, problems }: Extract<BuildingFailure, { kind: 'tree-failed' }>): Message {
  const first = problems[0]?.reason ?? 'other';
  const shown = problems.slice(0, 8).map(({ name, reason, detail }) => `| ${name}: ${withWords(reason, detail)}`);
  return {
    title: `${ROLE_WORDS[role]}${REASONS[first] === undefined ? '' : `: ${REASONS[first]}`}.`,
    found: problems.length > 8 ? [...shown, `| and ${problems.length - 8} more`] : shown,
    checks: TREE_CHECKS[first],
  };
}

const REASONS: Readonly<Partial<Record<TreeProblem['reason'], string>>> = {
  denied: 'permission denied',
  'read-only': 'read-only file system',
  'no-space': 'no space left on the device',
  quota: 'the quota is used up',
  'not-found': 'it is gone',
  'in-the-way': 'something else stands there',
  'too-deep': 'the path is too long or goes round in circles',
};

function withWords(reason: TreeProblem['reason'], detail: string): string {
  if (detail === 'ENOTSUP') return 'a pipe, socket or device, which cannot be copied (ENOTSUP)';
  return REASONS[reason] === undefined ? detail : `${REASONS[reason]} (${detail})`;
}

const DENIED = [
  'the owner and mode of these entries',
  'the user of the build: the hooks need UID 1001 or any other with group 0',
];

const TREE_CHECKS = {
  denied: DENIED,
  'read-only': ['whether the file system is mounted read-only'],
  'in-the-way': ['what stands there already: it was not placed by an earlier assemble, so it is left alone'],
  'not-found': ['whether something else changes the folder during the build'],
  'too-deep': ['whether the folder contains itself (a bind mount)'],
  'no-space': CAUSE_CHECKS['disk-full'],
  quota: CAUSE_CHECKS['disk-full'],
  other: ['the kind of the entry: only files, folders and symbolic links can be part of the source'],
} as const;
