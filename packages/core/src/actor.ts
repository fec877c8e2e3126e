/** The user behind a request, with workspace and role. Every service call has one. */
export const roles = ["OWNER", "RESEARCHER", "LABELLER", "VIEWER"] as const;
export type Role = (typeof roles)[number];

export interface Actor {
  readonly userId: string;
  readonly workspaceId: string;
  readonly role: Role;
}
