/** Where the objects of a request belong, as seen by its sender. */

/** Whose objects a request names: those of the actor's workspace, of another one, or none that exists. */
export type Place = "own" | "other" | "missing";

/**
 * Objects of an experiment that another workspace shares: every sender reads those of a public one, and with its link those of an unlisted
 * one. `unlinked` is an unlisted experiment without its link, `withdrawn` one that is private again, with its former link.
 */
export type SharedPlace = "public" | "unlisted" | "unlinked" | "withdrawn";

/** Where visitors read shared objects. */
export const readableShares: readonly SharedPlace[] = ["public", "unlisted"];

export const sharedPlaces: readonly SharedPlace[] = ["public", "unlisted", "unlinked", "withdrawn"];
