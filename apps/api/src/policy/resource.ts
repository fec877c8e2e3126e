/** The object of an action, such as a row. */
import type { Visibility } from "@pareidolia/core/visibility";

export interface Resource {
  /** Null for resources of the product, which every workspace may read and none may change. */
  readonly workspaceId: string | null;
  /** The user who created it; null for resources of the product or of a workspace as a whole. */
  readonly createdById: string | null;
}

/** A resource that belongs to an experiment, which its owners may share with other people than the members. */
export interface SharedResource extends Resource {
  readonly experimentId: string;
  readonly visibility: Visibility;
}

/** Stands for all resources that workspaces share, such as workers, the object store, the zoo's models and the samples. */
export const productResource: Resource = { workspaceId: null, createdById: null };
