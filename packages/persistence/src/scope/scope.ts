/**
 * What an actor may read: rows of one workspace, and those of the product itself. Every list takes a scope, so that a list over all
 * workspaces does not compile. Only the API's policy calls `openScope`, after it has checked the actor's role.
 */
declare const opened: unique symbol;

export interface Scope {
  readonly workspaceId: string;
  readonly [opened]: true;
}
