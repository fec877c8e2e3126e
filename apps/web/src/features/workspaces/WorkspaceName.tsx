"use client";
/** The workspace's name: a field for owners, who can take a new name back. */
import { type FormEvent, useState } from "react";
import { useMutation } from "urql";
import { RenameWorkspaceDocument } from "../../graphql/generated/graphql.ts";
import { problemOf, useReplacement } from "../conflicts/useReplacement.ts";
import { RestoredNote } from "../drafts/RestoredNote.tsx";
import { useUnsent } from "../drafts/useUnsent.ts";
import { Button } from "../marks/Button.tsx";
import { useUndo } from "../marks/useUndo.tsx";
import styles from "./Workspaces.module.css";

const maxNameLength = 80;

const untouched = { typed: null, seen: null };

interface WorkspaceNameProps {
  readonly workspaceId: string;
  readonly name: string;
}

export function WorkspaceName({ workspaceId, name }: WorkspaceNameProps) {
  const unsent = useUnsent<{ readonly typed: string | null; readonly seen: string | null }>("workspace name", untouched);
  /** `seen` is the name when the person began to type, whatever colleagues have stored since. */
  const { typed, seen } = unsent.values;
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
    if (outcome.kind === "kept") unsent.discard();
    return outcome.kind === "saved" ? outcome.replaced.name : null;
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (typed === null) return;
    const next = typed.trim();
    const before = await send(next, seen ?? name);
    if (before === null) return;
    unsent.discard();
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
          onChange={(event) => unsent.change({ typed: event.target.value, seen: typed === null ? name : seen })}
        />
        {problem === null ? null : (
          <span className="fieldError" role="alert">
            {problem}
          </span>
        )}
        <RestoredNote {...unsent} />
      </label>
      <Button type="submit" needs="renameWorkspace" disabled={fetching || typed === null || typed.trim() === name}>
        Rename
      </Button>
    </form>
  );
}
