/** The tables whose rows move to the second workspace of the matrix, and their columns of the user. */

export const tables = [
  "experiments",
  "runs",
  "sweeps",
  "exports",
  "bulk_queries",
  "models",
  "photos",
  "imports",
  "uploads",
  "studies",
  "recognition",
  "chains",
  "analyses",
  "api_keys",
  "invitations",
  "emails",
  "tags",
  "pins",
  "notifications",
  "webhooks",
  "comments",
  "views",
  "default_views",
  "saved_comparisons",
  "retention_rules",
] as const;

/** Where a table's column of the user is not `created_by_id`; null for a table without one. */
export const userColumns = {
  chains: null,
  emails: null,
  recognition: null,
  tags: null,
  api_keys: "user_id",
  pins: "user_id",
  notifications: "user_id",
  webhooks: "owner_id",
  comments: "author_id",
  default_views: "user_id",
} as const;
