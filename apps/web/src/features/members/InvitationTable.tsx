"use client";
/** Open invitations. Sending one again replaces its link, so it can be copied once more. */
import { useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import { type InvitationRowFragment, RevokeInvitationDocument } from "../../graphql/generated/graphql.ts";
import { copyText } from "../marks/copyText.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { WholeListTools } from "../marks/WholeListTools.tsx";
import { Permitted } from "../permissions/Permitted.tsx";
import { Expiry, PastDay } from "../settings/DayTime.tsx";
import tableStyles from "../settings/SettingsTable.module.css";
import styles from "./Members.module.css";
import { invitationsFile, invitationsQuery } from "./membersFile.ts";
import { roleName } from "./roles.ts";
import { useInvite } from "./useInvite.ts";

export function InvitationTable({ invitations }: { readonly invitations: readonly InvitationRowFragment[] }) {
  return (
    <section aria-labelledby="invitations">
      <div className="sectionHead">
        <h2 id="invitations">Invitations</h2>
        <p className="t12 muted">An invitation works only for its address.</p>
      </div>
      <WholeListTools name="invitations" rows={invitations} columns={invitationsFile} query={invitationsQuery} />
      {invitations.length === 0 ? (
        <p className="muted">No open invitations.</p>
      ) : (
        <table className={tableStyles.table}>
          <thead>
            <tr>
              <th scope="col">To</th>
              <th scope="col" className={tableStyles.wide}>
                Role
              </th>
              <th scope="col" className={tableStyles.wide}>
                Sent
              </th>
              <th scope="col" className={tableStyles.wide}>
                Expires
              </th>
              <th scope="col" className={tableStyles.actions}>
                <span className="visuallyHidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {invitations.map((invitation) => (
              <InvitationTableRow key={invitation.id} invitation={invitation} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function InvitationTableRow({ invitation }: { readonly invitation: InvitationRowFragment }) {
  const { id, email, role, createdAt, expiresAt, invitedBy } = invitation;
  const invite = useInvite();
  const [, revoke] = useMutation(RevokeInvitationDocument);
  // Another invitation, with another row, takes the place of one that is sent again.
  const [busy, setBusy] = useState(false);
  const resend = async () => {
    setBusy(true);
    const { link, problem } = await invite(email, role);
    if (link === null) {
      setBusy(false);
      toast.error(problem);
      return;
    }
    toast(`Sent to ${email} again. The earlier link no longer works.`, {
      action: { label: "Copy link", onClick: () => void copyText(link) },
    });
  };
  const revokeNow = async () => {
    const { data, error } = await revoke({ invitationId: id });
    const problem = mutationProblem(data?.revokeInvitation, error);
    if (problem !== null) toast.error(problem);
    else toast(`The invitation to ${email} is revoked.`, { action: { label: "Invite again", onClick: () => void resend() } });
  };
  return (
    <tr>
      <td>
        <span className={styles.address}>{email}</span>
        <span className={`${tableStyles.narrow} t12 muted`}>
          {roleName(role)}, expires <Expiry time={expiresAt} soon={1} />
        </span>
      </td>
      <td className={tableStyles.wide}>{roleName(role)}</td>
      <td className={`t12 ${tableStyles.wide} ${tableStyles.member}`}>
        <PastDay time={createdAt} /> by {invitedBy?.name ?? "a former member"}
      </td>
      <td className={`t12 ${tableStyles.wide}`}>
        <Expiry time={expiresAt} soon={1} />
      </td>
      <td className={tableStyles.actions}>
        <Permitted needs="inviteMember">
          <button type="button" className={tableStyles.action} disabled={busy} onClick={() => void resend()}>
            Resend<span className="visuallyHidden"> to {email}</span>
          </button>
        </Permitted>
        <Permitted needs="revokeInvitation">
          <button type="button" className={tableStyles.action} disabled={busy} onClick={() => void revokeNow()}>
            Revoke<span className="visuallyHidden"> the invitation to {email}</span>
          </button>
        </Permitted>
      </td>
    </tr>
  );
}
