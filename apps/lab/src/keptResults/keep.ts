/** How an experiment keeps what it has finished, so that an interrupted run does not compute it again. */

/**
 * Gives the result of a unit, such as one seed: kept by an earlier process, or computed and then kept. The name of the unit is unique in
 * its experiment.
 */
export type Keep = <Value>(unit: string, compute: () => Promise<Value>) => Promise<Value>;

export const keepNothing: Keep = (_unit, compute) => compute();
