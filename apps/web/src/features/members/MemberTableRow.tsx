"use client";
/** A member with role, access and last visit. Owners change the role in the row and suspend or remove the member from its menu. */
import { useState } from "react";
import type { MemberRowFragment, Role } from "../../graphql/generated/graphql.ts";
import { Avatar } from "../marks/Avatar.tsx";
import { LiveDot } from "../marks/LiveDot.tsx";
import { Menu, type MenuItem } from "../marks/Menu.tsx";
import { formatCount } from "../marks/numbers.ts";
import { PastDay } from "../settings/DayTime.tsx";
import tableStyles from "../settings/SettingsTable.module.css";
import { LoseAccessDialog } from "./LoseAccessDialog.tsx";
import { announceLosses, type Losses, losesForGood } from "./losses.ts";
import styles from "./Members.module.css";
import { RoleSelect } from "./RoleSelect.tsx";
import { roleName } from "./roles.ts";
import type { MemberChanges } from "./useMemberChanges.ts";

interface MemberTableRowProps {
  readonly member: MemberRowFragment;
  readonly isViewer: boolean;
  /** Null if the viewer may not change members. */
  readonly changes: MemberChanges | null;
  /** Open invitations that the member sent. */
  readonly invitationCount: number;
}

type Ending = "suspend" | "remove" | "demote";

export function MemberTableRow({ member, isViewer, changes, invitationCount }: MemberTableRowProps) {
  const { user, email, role, suspendedAt, isOnlyOwner, sessionCount, keyCount } = member;
  const [ending, setEnding] = useState<{ readonly kind: Ending; readonly role: Role } | null>(null);
  const isSuspended = suspendedAt != null;
  const losses: Losses = { sessions: sessionCount ?? 0, keys: keyCount ?? 0, invitations: invitationCount };
  const end = (kind: Ending, chosen: Role = role) => {
    if (changes === null) return;
    if (kind === "demote") void changes.stepDown(member, chosen);
    else void changes[kind](member, losses);
  };
  const confirmOrEnd = (kind: "suspend" | "remove") => {
    if (kind === "suspend" || losesForGood(losses)) setEnding({ kind, role });
    else end(kind);
  };
  const chooseRole = async (chosen: Role): Promise<void> => {
    if (isViewer) setEnding({ kind: "demote", role: chosen });
    else await changes?.changeRole(member, chosen, losses);
  };
  const note = announceLosses(losses);
  const items: readonly MenuItem[] = [
    isSuspended
      ? { label: "Restore access", needs: "restoreMember", onSelect: () => void changes?.restore(member) }
      : { label: "Suspend", needs: "suspendMember", note, onSelect: () => confirmOrEnd("suspend") },
    { label: "Remove", needs: "removeMember", note: isSuspended ? undefined : note, onSelect: () => confirmOrEnd("remove") },
  ];
  return (
    <tr className={isSuspended ? styles.suspended : undefined}>
      <td>
        <span className={styles.person}>
          <Avatar name={user.name} />
          <span>
            <span className={tableStyles.name}>{user.name}</span> {isViewer ? <span className="muted">you</span> : null}
            <span className={`${styles.email} t12`}>{email}</span>
            {sessionCount == null ? null : (
              <span className={`${tableStyles.narrow} t12 muted`}>
                {formatCount(losses.sessions)} {losses.sessions === 1 ? "session" : "sessions"}, {formatCount(losses.keys)}{" "}
                {losses.keys === 1 ? "key" : "keys"}
              </span>
            )}
          </span>
        </span>
        {ending === null ? null : (
          <LoseAccessDialog
            name={user.name}
            kind={ending.kind}
            losses={losses}
            role={ending.role}
            onConfirm={() => {
              setEnding(null);
              end(ending.kind, ending.role);
            }}
            onClose={() => setEnding(null)}
          />
        )}
      </td>
      <td>
        {isSuspended ? (
          <span className="n12">SUSPENDED</span>
        ) : changes === null || isOnlyOwner ? (
          roleName(role)
        ) : (
          <RoleSelect name={user.name} role={role} onChange={chooseRole} />
        )}
      </td>
      {sessionCount == null ? null : (
        <>
          <td className={`t12 ${tableStyles.wide}`}>{member.hasSecondFactor === true ? "on" : <span className="muted">–</span>}</td>
          <td className={`n right ${tableStyles.wide}`}>{formatCount(losses.sessions)}</td>
          <td className={`n right ${tableStyles.wide}`}>{formatCount(losses.keys)}</td>
        </>
      )}
      <td className={`right t12 nowrap ${tableStyles.wide}`}>
        {isViewer ? (
          <>
            <LiveDot className={styles.seenNow} />
            now
          </>
        ) : member.lastActiveAt == null ? (
          <span className="muted">never</span>
        ) : (
          <PastDay time={member.lastActiveAt} />
        )}
      </td>
      {changes === null ? null : (
        <td className={tableStyles.actions}>{isViewer ? null : <Menu label={`Actions for ${user.name}`} items={items} />}</td>
      )}
    </tr>
  );
}
