"use client";
/** The workspace's name: a field for owners, who can take a new name back. */
import { type FormEvent, useState } from "react";
import { useMutation } from "urql";
import { RenameWorkspaceDocument } from "../../graphql/generated/graphql.ts";
import { problemOf, useReplacement } from "../conflicts/useReplacement.ts";
import { Button } from "../marks/Button.tsx";
import { useUndo } from "../marks/useUndo.tsx";
import styles from "./Workspaces.module.css";

const maxNameLength = 80;

interface WorkspaceNameProps {
  readonly workspaceId: string;
  readonly name: string;
}

export function WorkspaceName({ workspaceId, name }: WorkspaceNameProps) {
  const [typed, setTyped] = useState<string | null>(null);
  /** The name when the person began to type, whatever colleagues have stored since. */
  const [seen, setSeen] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [{ fetching }, rename] = useMutation(RenameWorkspaceDocument);
  const offerUndo = useUndo();
  const replace = useReplacement();
  /** Resolves to the name that was replaced; null if none was. */
  const send = async (next: string, previous: string): Promise<string | null> => {
    const outcome = await replace({
      subject: "the workspace",
      values: { name: next },
      previous: { name: previous },
      labels: { name: "name" },
      async send(input) {
        const { data, error } = await rename({ input: { workspaceId, ...input } });
        return { answer: data?.renameWorkspace, error };
      },
    });
    setProblem(problemOf(outcome));
    if (outcome.kind === "kept") setTyped(null);
    return outcome.kind === "saved" ? outcome.replaced.name : null;
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (typed === null) return;
    const next = typed.trim();
    const before = await send(next, seen ?? name);
    if (before === null) return;
    setTyped(null);
    offerUndo({ title: `The workspace is now called ${next}.`, undo: () => void send(before, next) });
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
          onChange={(event) => {
            if (typed === null) setSeen(name);
            setTyped(event.target.value);
          }}
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
