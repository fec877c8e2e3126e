"use client";
/** The form that creates a workspace and opens it. Members of a workspace find their unsent name again; drafts belong to a workspace. */
import { type FormEvent, useId, useRef, useState } from "react";
import { RestoredNote } from "../drafts/RestoredNote.tsx";
import { useUnsent } from "../drafts/useUnsent.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { useCreateWorkspace } from "./useCreateWorkspace.ts";

const maxNameLength = 80;
const unnamed = { name: "" };

export function NewWorkspaceForm({ onCancel }: { readonly onCancel?: () => void }) {
  const [problem, setProblem] = useState<string | null>(null);
  const { busy, create } = useCreateWorkspace();
  const unsent = useUnsent("new workspace", unnamed);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // The field may be filled before the page's code has loaded, so its value is read here.
    const name = field.current?.value ?? "";
    const refusal = name.trim() === "" ? "Enter a name." : await create(name);
    setProblem(refusal);
    if (refusal === null) unsent.sent();
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <RestoredNote {...unsent} />
      <label htmlFor={id} className="fieldLabel">
        Name of the new workspace
      </label>
      <input
        key={unsent.isRestored ? "restored" : "new"}
        ref={field}
        id={id}
        defaultValue={unsent.values.name}
        onChange={({ target }) => unsent.change({ name: target.value })}
        className="input"
        autoFocus={onCancel !== undefined}
        autoComplete="organization"
        maxLength={maxNameLength}
        aria-invalid={problem !== null || undefined}
        aria-describedby={`${id}-note ${id}-problem`}
      />
      <span id={`${id}-problem`} role="alert">
        {problem === null ? null : <span className="fieldError">{problem}</span>}
      </span>
      <p id={`${id}-note`} className="second" style={{ margin: "8px 0 16px" }}>
        You become its owner. It starts empty: experiments, members and keys stay in their own workspace.
      </p>
      <div className={dialogStyles.dialogActions}>
        {onCancel === undefined ? null : <Button onClick={onCancel}>Cancel</Button>}
        <Button type="submit" look="primary" disabled={busy}>
          {busy ? "Creating" : "Create the workspace"}
        </Button>
      </div>
    </form>
  );
}
