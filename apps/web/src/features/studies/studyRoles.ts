/** What the roles of a workspace may do with studies. The API decides; pages hide what it would refuse. */
import type { Role } from "../../graphql/generated/graphql.ts";

export function mayEditStudies(role: Role | undefined): boolean {
  return role === "OWNER" || role === "RESEARCHER";
}

/** The page on which a member votes. */
export function voteAddress(studyKey: string): string {
  return `/vote/${studyKey}`;
}
