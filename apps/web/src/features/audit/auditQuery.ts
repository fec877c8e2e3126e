/** The GraphQL query of the audit log with its filters, for users who want the same entries from a program. */
import type { AuditFilter } from "../../graphql/generated/graphql.ts";
import { givenFields } from "../queries/literal.ts";

export function auditQuery(filter: AuditFilter): string {
  const fields = givenFields(filter);
  return `{
  auditEntries(first: 100${fields.length === 0 ? "" : `, filter: { ${fields.join(", ")} }`}) {
    nodes { sequence at userName keyPrefix clientAddress action subjectType subjectName before after previousHash hash }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;
}
