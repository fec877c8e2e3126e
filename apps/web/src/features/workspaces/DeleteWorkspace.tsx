"use client";
/** Deleting the workspace: it is hidden at once and can be restored for 14 days. */
import { useState } from "react";
import { useMutation } from "urql";
import { DeleteWorkspaceDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useClearPage } from "../session/SessionGuard.tsx";
import styles from "./Workspaces.module.css";

interface DeleteWorkspaceProps {
  readonly workspaceId: string;
  readonly name: string;
  readonly memberCount: number;
}

export function DeleteWorkspace({ workspaceId, name, memberCount }: DeleteWorkspaceProps) {
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [{ fetching }, remove] = useMutation(DeleteWorkspaceDocument);
  const clearPage = useClearPage();
  const confirm = async () => {
    const { data, error } = await remove({ workspaceId });
    const failed = mutationProblem(data?.deleteWorkspace, error);
    setProblem(failed);
    if (failed === null) {
      clearPage();
      location.replace("/");
    }
  };
  return (
    <section aria-labelledby="delete" className={styles.section}>
      <h2 id="delete">Delete</h2>
      <p className="second">A deleted workspace can be restored for 14 days.</p>
      <Button needs="deleteWorkspace" onClick={() => setOpen(true)}>
        Delete the workspace
      </Button>
      <Dialog title={`Delete ${name}`} open={open} onClose={() => setOpen(false)}>
        <p className="second">
          {memberCount === 1 ? "You lose access" : `All ${memberCount} members lose access`} at once, API keys are refused, and runs pause.
          Its owners can restore it for 14 days. Then its experiments, runs and images are deleted for good.
        </p>
        {problem === null ? null : (
          <p className="fieldError" role="alert">
            {problem}
          </p>
        )}
        <div className={dialogStyles.dialogActions}>
          <Button onClick={() => setOpen(false)}>Keep it</Button>
          <Button look="primary" disabled={fetching} onClick={() => void confirm()}>
            Delete
          </Button>
        </div>
      </Dialog>
    </section>
  );
}
