/**
 * The rows that a list may read: those of one workspace, and those of the product. Every list takes a scope, so a list of all workspaces'
 * rows does not compile. The API's policy creates scopes after it has checked the actor's role; for an analysis, its claim does.
 */
declare const opened: unique symbol;

export interface Scope {
  readonly workspaceId: string;
  readonly [opened]: true;
}
