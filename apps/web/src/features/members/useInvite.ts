"use client";
/** Sends invitations one after another, and says for each address how it went. */
import { useMutation } from "urql";
import { InviteMemberDocument, type Role } from "../../graphql/generated/graphql.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";

export type InvitationResult =
  | { readonly email: string; readonly link: string; readonly problem: null }
  | { readonly email: string; readonly link: null; readonly problem: string };

export function useInvite(): (email: string, role: Role) => Promise<InvitationResult> {
  const [, invite] = useMutation(InviteMemberDocument);
  return async (email, role) => {
    const { data, error } = await invite({ email, role });
    const answer = data?.inviteMember;
    if (answer?.__typename === "InviteMemberSuccess") return { email: answer.invitation.email, link: answer.link, problem: null };
    return { email, link: null, problem: mutationProblem(answer, error) ?? "" };
  };
}
