/** Actions of the API by which pages show what the user may read or manage. What the user may change, mutations say. */
export const shownActions = [
  "apiKey:manage",
  "auditEntry:read",
  "bulkQuery:inspect",
  "email:read",
  "export:inspect",
  "invitation:read",
  "member:inspect",
  "retentionRule:read",
  "vote:cast",
  "webhook:manage",
] as const;

export type ShownAction = (typeof shownActions)[number];
