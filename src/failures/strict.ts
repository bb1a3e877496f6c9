import type { Failure } from './failure.ts';
import type { Notice } from './notice.ts';
import { renderNotice } from './notices.ts';

/** What S2I_STRICT makes of notices: each warning is a failure. */
export function strictFailures(notices: readonly Notice[]): readonly Failure[] {
  return warningsOf(notices).map((warning) => ({ kind: 'strict', warning }));
}

/** The same notices, and where there are warnings, the way to make them errors. */
export function withStrictHint(notices: readonly Notice[]): readonly Notice[] {
  return warningsOf(notices).length === 0
    ? notices
    : [...notices, { kind: 'text', level: 'info', text: 'S2I_STRICT=1 makes such warnings errors.' }];
}

function warningsOf(notices: readonly Notice[]): readonly string[] {
  return notices.map(renderNotice).flatMap(({ level, text }) => (level === 'warning' ? [text] : []));
}
