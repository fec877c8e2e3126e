/** Norms of the change between two stored images, in grey levels of 0 to 255. */

/** L-infinity: the largest change of a value. L2: the Euclidean length of the change. */
export const norms = ["linf", "l2"] as const;
export type Norm = (typeof norms)[number];

/** The smallest possible change in either norm, since stored values are integers. With a smaller bound no stored image can change. */
export const leastChange = 1;
