/** The deleted workspaces of the viewer as a file: its columns, and the GraphQL query for the same data. */
import type { WorkspaceSettingsQuery } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";

export const deletedFile: Readonly<Record<string, (row: WorkspaceSettingsQuery["viewer"]["workspaces"][number]) => CsvValue>> = {
  workspace: ({ name }) => name,
  role: ({ role }) => role,
  deleted: ({ deletedAt }) => deletedAt ?? null,
  restorable_until: ({ restorableUntil }) => restorableUntil ?? null,
};

/** Of all workspaces; deleted ones are last. An API key reads only its own, so programs need a session. */
export const workspacesQuery = `{
  viewer {
    workspaces { name role deletedAt restorableUntil }
  }
}`;
