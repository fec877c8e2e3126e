/** Who acts, in which workspace, with which role. Every service call carries one. */
export const roles = ["OWNER", "RESEARCHER", "LABELLER", "VIEWER"] as const;
export type Role = (typeof roles)[number];

export interface Actor {
  readonly userId: string;
  readonly workspaceId: string;
  readonly role: Role;
}
