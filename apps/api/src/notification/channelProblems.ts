/** Why this installation sends no e-mails or webhooks, as sentences for the members who choose them. */
import type { AccountSettings } from "../identity/accounts.ts";

export interface ChannelProblems {
  readonly email: string | null;
  readonly webhook: string | null;
}

export function findChannelProblems({
  accounts,
  secret,
}: {
  readonly accounts: Pick<AccountSettings, "sendsEmails"> | null;
  readonly secret: string | null;
}): ChannelProblems {
  return {
    email:
      accounts === null
        ? "This system has a single user without an e-mail address, so it sends no e-mails. Start it with accounts to get them."
        : accounts.sendsEmails === true
          ? null
          : "This system has no mail server, so it sends no e-mails. Its operator sets one with PAREIDOLIA_SMTP_URL.",
    webhook:
      secret === null
        ? "This system has no PAREIDOLIA_SECRET, with which the secrets of webhooks are encrypted. Its operator sets it."
        : null,
  };
}
