/** The object types of each interface that a document's fragment is on; without them the cache guesses, and may drop an error. */
export const possibleTypes: Readonly<Record<string, string[]>> = {
  Error: ["ConflictError", "ForbiddenError", "InvalidInputError", "NotFoundError"],
};
