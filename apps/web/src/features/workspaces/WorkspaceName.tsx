"use client";
/** The workspace's name: a field for owners, who can take a new name back. */
import { type FormEvent, useState } from "react";
import { useMutation } from "urql";
import { RenameWorkspaceDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useUndo } from "../marks/useUndo.tsx";
import styles from "./Workspaces.module.css";

const maxNameLength = 80;

interface WorkspaceNameProps {
  readonly workspaceId: string;
  readonly name: string;
}

export function WorkspaceName({ workspaceId, name }: WorkspaceNameProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [{ fetching }, rename] = useMutation(RenameWorkspaceDocument);
  const offerUndo = useUndo();
  const send = async (next: string): Promise<boolean> => {
    const { data, error } = await rename({ workspaceId, name: next });
    const failed = mutationProblem(data?.renameWorkspace, error);
    setProblem(failed);
    return failed === null;
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (typed === null || !(await send(typed))) return;
    setTyped(null);
    offerUndo({ title: `The workspace is now called ${typed.trim()}.`, undo: () => void send(name) });
  };
  return (
    <form className={styles.name} onSubmit={(event) => void submit(event)} noValidate>
      <label>
        <span className="fieldLabel">Name</span>
        <input
          className="input"
          value={typed ?? name}
          maxLength={maxNameLength}
          aria-invalid={problem !== null || undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
        {problem === null ? null : (
          <span className="fieldError" role="alert">
            {problem}
          </span>
        )}
      </label>
      <Button type="submit" needs="renameWorkspace" disabled={fetching || typed === null || typed.trim() === name}>
        Rename
      </Button>
    </form>
  );
}
