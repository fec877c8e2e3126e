/**
 * What fields cost beyond their values, as their `complexity` says it: `limits.ts` adds it for each time that a field is answered.
 * Fields that a loader gathers into one statement declare nothing.
 */

/** One statement for every parent, such as a page of its own. */
export const ownStatement = 500;
/** Bytes that may lie in the object store, and are taken apart. */
export const ownFile = 50;
/** Figures computed out of one archive, or a report taken apart. */
export const ownComputation = 2_000;
/** A look over many archives, their images, or a page of reports. */
export const ownSurvey = 10_000;
/** A look over an archive's ancestors, up to `mostAncestors` of them: no more than two in a document. */
export const ownAncestry = 35_000;
/** Of all elites together. More are too many to read while somebody waits. */
export const mostAncestors = 50_000;
