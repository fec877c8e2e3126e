"use client";
/** Making another member the owner in the viewer's place, after a confirmation. */
import { useState } from "react";
import { useMutation } from "urql";
import { TransferWorkspaceDocument } from "../../graphql/generated/graphql.ts";
import { addressOnPage } from "../addresses/pageAddress.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useMemberChoices } from "../members/useMemberChoices.ts";
import styles from "./Workspaces.module.css";

export function TransferOwnership({ viewerId }: { readonly viewerId: string }) {
  const members = useMemberChoices().nodes ?? [];
  const candidates = members.filter(({ user, suspendedAt }) => user.id !== viewerId && suspendedAt == null);
  const [chosen, setChosen] = useState("");
  const [confirming, setConfirming] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [{ fetching }, transfer] = useMutation(TransferWorkspaceDocument);
  const target = candidates.find(({ id }) => id === chosen);
  const confirm = async () => {
    const { data, error } = await transfer({ memberId: chosen });
    const failed = mutationProblem(data?.transferWorkspace, error);
    setProblem(failed);
    // A new page load drops the data that only owners may read.
    if (failed === null) window.location.assign(addressOnPage("/settings/members"));
  };
  return (
    <section aria-labelledby="transfer" className={styles.section}>
      <h2 id="transfer">Transfer ownership</h2>
      <p className="second">Another member becomes an owner, and you become a researcher.</p>
      {candidates.length === 0 ? (
        <p className="muted">No other member has access. Invite one first.</p>
      ) : (
        <div className={styles.choice}>
          <select className="input" aria-label="New owner" value={chosen} onChange={(event) => setChosen(event.target.value)}>
            <option value="">Choose a member</option>
            {candidates.map(({ id, user }) => (
              <option key={id} value={id}>
                {user.name}
              </option>
            ))}
          </select>
          <Button needs="transferWorkspace" disabled={target === undefined} onClick={() => setConfirming(true)}>
            Transfer
          </Button>
        </div>
      )}
      <Dialog title={`Transfer ownership to ${target?.user.name ?? ""}`} open={confirming} onClose={() => setConfirming(false)}>
        <p className="second">
          You can no longer manage members, keys or the workspace, and your open invitations are revoked. Only {target?.user.name} or
          another owner can make you an owner again.
        </p>
        {problem === null ? null : (
          <p className="fieldError" role="alert">
            {problem}
          </p>
        )}
        <div className={dialogStyles.dialogActions}>
          <Button onClick={() => setConfirming(false)}>Cancel</Button>
          <Button look="primary" disabled={fetching} onClick={() => void confirm()}>
            Transfer
          </Button>
        </div>
      </Dialog>
    </section>
  );
}
