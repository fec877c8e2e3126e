/** The names of all members of the workspace, for a comment that mentions one; undefined while it has no @, and while they load. */
import { useMemo } from "react";
import { useMemberChoices } from "../members/useMemberChoices.ts";

export function useMentionable(text: string): readonly string[] | undefined {
  const { nodes } = useMemberChoices(text.includes("@"));
  return useMemo(() => nodes?.map(({ user }) => user.name), [nodes]);
}
