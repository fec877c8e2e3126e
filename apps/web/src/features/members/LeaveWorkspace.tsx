"use client";
/** Leaving the workspace, after a confirmation: only an owner can bring the viewer back. */
import { useState } from "react";
import { useMutation } from "urql";
import { LeaveWorkspaceDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useClearPage } from "../session/SessionGuard.tsx";
import styles from "./Members.module.css";

export function LeaveWorkspace({ workspaceName }: { readonly workspaceName: string }) {
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [{ fetching }, leave] = useMutation(LeaveWorkspaceDocument);
  const clearPage = useClearPage();
  const confirm = async () => {
    const { data, error } = await leave({});
    const failed = mutationProblem(data?.leaveWorkspace, error);
    setProblem(failed);
    if (failed === null) {
      clearPage();
      location.replace("/");
    }
  };
  return (
    <section aria-labelledby="workspace" className={styles.box}>
      <div className="sectionHead">
        <h2 id="workspace">Workspace</h2>
      </div>
      <p className="t12">A member who leaves loses access at once. Everything that the member created stays.</p>
      <Button onClick={() => setOpen(true)}>Leave</Button>
      <Dialog title={`Leave ${workspaceName}`} open={open} onClose={() => setOpen(false)}>
        <p className="second">
          Your sessions no longer reach the workspace, and your API keys and the invitations that you sent are revoked. Only an owner can
          invite you again.
        </p>
        {problem === null ? null : (
          <p className="fieldError" role="alert">
            {problem}
          </p>
        )}
        <div className={dialogStyles.dialogActions}>
          <Button onClick={() => setOpen(false)}>Stay</Button>
          <Button look="primary" disabled={fetching} onClick={() => void confirm()}>
            Leave
          </Button>
        </div>
      </Dialog>
    </section>
  );
}
