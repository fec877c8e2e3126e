/** All members of the workspace, for lists of people to choose from. */
import { useAllPages } from "../../graphql/client/useAllPages.ts";
import { MemberChoicesDocument, type MemberChoicesQuery } from "../../graphql/generated/graphql.ts";

const membersOf = ({ members }: MemberChoicesQuery) => members;

export function useMemberChoices() {
  return useAllPages(MemberChoicesDocument, {}, membersOf);
}
