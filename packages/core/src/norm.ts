/** How the size of a change between two stored images is measured, in grey levels of 0 to 255. */

/** The largest change of any one value, and the Euclidean length of the whole change. */
export const norms = ["linf", "l2"] as const;
export type Norm = (typeof norms)[number];

/** The smallest change there is, in either norm, as stored values are whole: within a bound below it no stored image can change. */
export const leastChange = 1;
