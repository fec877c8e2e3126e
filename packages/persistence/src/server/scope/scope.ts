/**
 * The rows that a read may return. Every list takes a scope, so a list of all workspaces' rows does not compile. The API's policy creates
 * scopes after it has checked the actor's role; for an analysis, its claim does.
 */
declare const opened: unique symbol;

/** The rows of one workspace, and those of the product. */
export interface Scope {
  readonly workspaceId: string;
  readonly [opened]: "workspace";
}

/** The rows of one experiment that is shared with the actor. */
export interface ExperimentScope {
  readonly experimentId: string;
  readonly [opened]: "experiment";
}

/** The rows of an actor's workspace, those of the product, and those of every experiment that is shared with the actor. */
export interface Reach {
  /** Null for an actor without a workspace. */
  readonly workspaceId: string | null;
  /** The experiment whose link came with the request. */
  readonly linkedExperimentId: string | null;
  readonly [opened]: "reach";
}
