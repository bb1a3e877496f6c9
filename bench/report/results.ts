import { median } from './median.ts';

/** One run of one hook. */
export interface Sample {
  /** Milliseconds from the spawn of the hook to the end of what it became. */
  readonly wall: number;
  /** Milliseconds of processor time, children included. */
  readonly cpu: number;
  /** Largest resident set of a process of the hook, MB. */
  readonly memory: number;
}

/** What was measured for a row; `baseline` is absent without a baseline or where it has nothing to compare. */
export interface Measured {
  readonly id: string;
  readonly title: string;
  /** Largest allowed ratio of our median to the baseline's; absent for a row that is only reported. */
  readonly target?: number;
  /** Largest allowed resident set of ours, MB. */
  readonly memory?: number;
  readonly ours: readonly Sample[];
  readonly baseline?: readonly Sample[];
}

export interface Verdict {
  readonly id: string;
  readonly title: string;
  readonly ours: Medians;
  readonly baseline?: Medians;
  /** Our median wall time divided by the baseline's. */
  readonly ratio?: number;
  readonly target?: number;
  /** Largest allowed resident set of ours, MB. */
  readonly memory?: number;
  readonly judgement: 'met' | 'missed' | 'reported' | 'no baseline';
}

export interface Medians {
  readonly wall: number;
  readonly cpu: number;
  readonly memory: number;
}

export function judge(row: Measured): Verdict {
  const { id, title, target, memory } = row;
  const ours = medians(row.ours);
  const goals = { ...(target === undefined ? {} : { target }), ...(memory === undefined ? {} : { memory }) };
  const tooLarge = memory !== undefined && ours.memory > memory;
  if (row.baseline === undefined) {
    const judgement = tooLarge ? 'missed' : memory !== undefined ? 'met' : target === undefined ? 'reported' : 'no baseline';
    return { id, title, ours, ...goals, judgement: target !== undefined && !tooLarge ? 'no baseline' : judgement };
  }
  const baseline = medians(row.baseline);
  const ratio = ours.wall / baseline.wall;
  const tooSlow = target !== undefined && ratio > target;
  const judgement = tooLarge || tooSlow ? 'missed' : target === undefined && memory === undefined ? 'reported' : 'met';
  return { id, title, ours, baseline, ratio, ...goals, judgement };
}

function medians(samples: readonly Sample[]): Medians {
  return {
    wall: median(samples.map((sample) => sample.wall)),
    cpu: median(samples.map((sample) => sample.cpu)),
    memory: median(samples.map((sample) => sample.memory)),
  };
}
