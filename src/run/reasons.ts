/** How reasons begin that a failure's words tell from others: what stands behind them is shown, or written, by itself. */

/** Followed by what Python says of the file. */
export const INVALID = 'it is no valid Python: ';

/** Followed by their names. */
export const SEVERAL = 'it defines several applications: ';
