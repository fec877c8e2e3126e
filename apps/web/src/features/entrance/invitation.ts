/** What the API says about the link of an invitation. */
export interface Invitation {
  /** In lower case. */
  readonly email: string;
  readonly role: "OWNER" | "RESEARCHER" | "LABELLER" | "VIEWER";
  readonly expiresAt: string;
  readonly workspaceName: string;
  /** Null if the account is gone. */
  readonly inviterName: string | null;
  /** Whether the address has an account already; null for the link that an owner passes on, which does not tell. */
  readonly hasAccount: boolean | null;
  /** Whether only a link in an e-mail creates an account: this one does not prove the address. */
  readonly needsEmail: boolean;
}

/** The API's answer to an accepted invitation. */
export interface AcceptedInvitation {
  readonly workspaceSlug: string;
}

const abilities: Readonly<Record<Invitation["role"], string>> = {
  OWNER: "an owner. Owners do everything, and manage members, keys and settings",
  RESEARCHER: "a researcher. Researchers see everything, and start and change experiments and runs",
  LABELLER: "a labeller. Labellers vote in studies, and see everything but the labels and results of studies",
  VIEWER: "a viewer. Viewers see everything but the labels and results of studies",
};

export function describeRole({ role }: Invitation): string {
  return abilities[role];
}

/** Such as "3 December, 14:05". */
export function formatExpiry({ expiresAt }: Pick<Invitation, "expiresAt">): string {
  return new Date(expiresAt).toLocaleString("en-GB", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
}
