"use client";
/** Deleted workspaces of the viewer that can still be restored. */
import { toast } from "sonner";
import { useMutation } from "urql";
import { RestoreWorkspaceDocument, type WorkspaceSettingsQuery } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { WholeListTools } from "../marks/WholeListTools.tsx";
import { Expiry } from "../settings/DayTime.tsx";
import { deletedFile, workspacesQuery } from "./deletedFile.ts";
import styles from "./Workspaces.module.css";

type Membership = WorkspaceSettingsQuery["viewer"]["workspaces"][number];

interface DeletedWorkspacesProps {
  readonly workspaces: readonly Membership[];
  /** Called after one is restored, in place of a note. */
  readonly onRestored?: () => void;
}

export function DeletedWorkspaces({ workspaces, onRestored }: DeletedWorkspacesProps) {
  const [{ fetching }, restore] = useMutation(RestoreWorkspaceDocument);
  const deleted = workspaces.filter(({ deletedAt }) => deletedAt != null);
  if (deleted.length === 0) return null;
  const send = async ({ workspaceId, name }: Membership) => {
    const { data, error } = await restore({ workspaceId });
    const problem = mutationProblem(data?.restoreWorkspace, error);
    if (problem === null && onRestored !== undefined) onRestored();
    else if (problem === null) toast(`${name} is restored. Its runs stay paused.`);
    else toast.error(problem);
  };
  return (
    <section aria-labelledby="deleted" className={styles.section}>
      <h2 id="deleted">Deleted workspaces</h2>
      <div className={styles.rows}>
        <WholeListTools name="deleted-workspaces" rows={deleted} columns={deletedFile} query={workspacesQuery} />
        <ul>
          {deleted.map((workspace) => (
            <li key={workspace.id}>
              <span>
                <b>{workspace.name}</b>
                {workspace.restorableUntil == null ? null : (
                  <span className="t12 muted">
                    {" "}
                    deleted for good <Expiry time={workspace.restorableUntil} soon={2} />
                  </span>
                )}
              </span>
              <Button disabled={fetching} onClick={() => void send(workspace)}>
                Restore<span className="visuallyHidden"> {workspace.name}</span>
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
