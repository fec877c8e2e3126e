/** All members of the workspace, for lists of people to choose from. */
import { useAllPages } from "../../graphql/client/useAllPages.ts";
import { MemberChoicesDocument, type MemberChoicesQuery } from "../../graphql/generated/graphql.ts";

const membersOf = ({ members }: MemberChoicesQuery) => members;

/** @param isNeeded False while nothing is to be chosen, which saves the request. */
export function useMemberChoices(isNeeded = true) {
  return useAllPages(MemberChoicesDocument, isNeeded ? {} : null, membersOf);
}
