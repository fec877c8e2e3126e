/**
 * Costs of operations and of fields beyond their values. A field declares one as its `complexity`, and `measureOperation.ts` adds it for every
 * parent. A field whose statement a loader runs once for all parents declares its price as `once`, or none if it is small.
 * `npm run bench -- P11` compares the costs of typical operations with their processor time: about 130 for a millisecond of an AMD EPYC.
 */

/** What each operation takes before its first field: reading, checking and answering the request. */
export const operationCost = 700;
/** One statement per parent, such as a page of a list. */
export const statementCost = 300;
/** Computing figures from one archive, or parsing a report. */
export const computationCost = 2_000;
/** Reading a genome's bytes and describing them as a document, which is long. */
export const documentCost = 2_000;
/** Reading a whole list for each parent, without pages. */
export const wholeListCost = 2_000;
/** Comparing all classes of one archive with each other. */
export const difficultyCost = 4_000;
/** Reading many archives or their images, or a page of reports. */
export const surveyCost = 10_000;
/** Reading up to `maxAncestors` ancestors of an archive. The cost limit allows two such fields in a document. */
export const ancestryCost = 35_000;
/** Limit of the ancestors of all elites together. More would take too long to read during a request. */
export const maxAncestors = 50_000;
