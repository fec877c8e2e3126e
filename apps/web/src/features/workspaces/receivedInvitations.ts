/** Downloads the viewer's received invitations: the file's columns, and the GraphQL query for the same data. */
import type { ReceivedInvitationsQuery } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";

export type ReceivedInvitation = ReceivedInvitationsQuery["viewer"]["invitations"]["nodes"][number];

export const invitationsFile: Readonly<Record<string, (row: ReceivedInvitation) => CsvValue>> = {
  workspace: ({ workspaceName }) => workspaceName,
  role: ({ role }) => role,
  sent: ({ createdAt }) => createdAt,
  expires: ({ expiresAt }) => expiresAt,
};

export const receivedInvitationsQuery = `{
  viewer {
    invitations(first: 100) {
      nodes { workspaceName role createdAt expiresAt }
      pageInfo { hasNextPage endCursor }
      totalCount
    }
  }
}`;
