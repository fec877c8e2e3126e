/** The members and open invitations of a workspace as files: their columns, and the GraphQL queries for the same data. */
import type { InvitationRowFragment, MemberRowFragment } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";

/** Addresses, sessions, keys and second factors are empty for those who may not read them. */
export const membersFile: Readonly<Record<string, (row: MemberRowFragment) => CsvValue>> = {
  name: ({ user }) => user.name,
  email: ({ email }) => email ?? null,
  role: ({ role }) => role,
  joined: ({ joinedAt }) => joinedAt,
  suspended: ({ suspendedAt }) => suspendedAt ?? null,
  last_seen: ({ lastActiveAt }) => lastActiveAt ?? null,
  second_factor: ({ hasSecondFactor }) => (hasSecondFactor == null ? null : hasSecondFactor ? "yes" : "no"),
  sessions: ({ sessionCount }) => sessionCount ?? null,
  keys: ({ keyCount }) => keyCount ?? null,
};

export const membersQuery = `{
  members(first: 100) {
    nodes { user { name } email role joinedAt suspendedAt lastActiveAt hasSecondFactor sessionCount keyCount }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;

export const invitationsFile: Readonly<Record<string, (row: InvitationRowFragment) => CsvValue>> = {
  to: ({ email }) => email,
  role: ({ role }) => role,
  sent: ({ createdAt }) => createdAt,
  by: ({ invitedBy }) => invitedBy?.name ?? null,
  expires: ({ expiresAt }) => expiresAt,
};

export const invitationsQuery = `{
  invitations { email role createdAt invitedBy { name } expiresAt }
}`;
