"use client";
/** Changes to members. Each shows a toast that can take it back, or the reason why it failed. */
import { toast } from "sonner";
import { useMutation } from "urql";
import {
  ChangeMemberRoleDocument,
  type MemberRowFragment,
  RemoveMemberDocument,
  RestoreMemberDocument,
  type Role,
  SuspendMemberDocument,
  UndoRemoveMemberDocument,
} from "../../graphql/generated/graphql.ts";
import { problemOf, useReplacement } from "../conflicts/useReplacement.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useUndo } from "../marks/useUndo.tsx";
import { describeLosses, type Losses } from "./losses.ts";
import { roleName } from "./roles.ts";

/** Returns whether the change succeeded. */
function report(problem: string | null): boolean {
  if (problem !== null) toast.error(problem);
  return problem === null;
}

export interface MemberChanges {
  changeRole(member: MemberRowFragment, role: Role, losses: Losses): Promise<void>;
  /** The viewer's own change to a role that cannot take it back. */
  stepDown(member: MemberRowFragment, role: Role): Promise<void>;
  suspend(member: MemberRowFragment, losses: Losses): Promise<void>;
  restore(member: MemberRowFragment): Promise<void>;
  remove(member: MemberRowFragment, losses: Losses): Promise<void>;
}

export function useMemberChanges(): MemberChanges {
  const offerUndo = useUndo();
  const replace = useReplacement();
  const [, changeRole] = useMutation(ChangeMemberRoleDocument);
  const [, suspend] = useMutation(SuspendMemberDocument);
  const [, restore] = useMutation(RestoreMemberDocument);
  const [, remove] = useMutation(RemoveMemberDocument);
  const [, undoRemove] = useMutation(UndoRemoveMemberDocument);

  /** Resolves to the role that was replaced; null if none was. */
  const sendRole = async ({ id: memberId, user }: MemberRowFragment, role: Role, previous: Role): Promise<Role | null> => {
    const outcome = await replace({
      subject: user.name,
      values: { role },
      previous: { role: previous },
      labels: { role: "role" },
      show: { role: roleName },
      async send(input) {
        const { data, error } = await changeRole({ input: { memberId, ...input } });
        return { answer: data?.changeMemberRole, error };
      },
    });
    report(problemOf(outcome));
    return outcome.kind === "saved" ? outcome.replaced.role : null;
  };
  const sendRestore = async (memberId: string): Promise<boolean> => {
    const { data, error } = await restore({ memberId });
    return report(mutationProblem(data?.restoreMember, error));
  };
  const sendSuspend = async (memberId: string): Promise<boolean> => {
    const { data, error } = await suspend({ memberId });
    return report(mutationProblem(data?.suspendMember, error));
  };
  return {
    async changeRole(member, role, { invitations }) {
      const { user } = member;
      const before = await sendRole(member, role, member.role);
      if (before === null) return;
      // Sessions and keys stay.
      const note = describeLosses({ sessions: 0, keys: 0, invitations });
      offerUndo({ title: `${user.name} is now ${roleName(role)}.`, note, undo: () => void sendRole(member, before, role) });
    },
    async stepDown(member, role) {
      // A new page load drops the data that only owners may read.
      if ((await sendRole(member, role, member.role)) !== null) window.location.reload();
    },
    async suspend({ id, user }, losses) {
      if (!(await sendSuspend(id))) return;
      offerUndo({ title: `${user.name} suspended.`, note: describeLosses(losses), undo: () => void sendRestore(id) });
    },
    async restore({ id, user }) {
      if (!(await sendRestore(id))) return;
      offerUndo({ title: `${user.name} has access again.`, undo: () => void sendSuspend(id) });
    },
    async remove({ id, user }, losses) {
      const { data, error } = await remove({ memberId: id });
      if (!report(mutationProblem(data?.removeMember, error))) return;
      const undo = async () => {
        const undone = await undoRemove({ userId: user.id });
        report(mutationProblem(undone.data?.undoRemoveMember, undone.error));
      };
      offerUndo({ title: `${user.name} removed.`, note: describeLosses(losses), undo: () => void undo() });
    },
  };
}
