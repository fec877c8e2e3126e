"use client";
/** The dialog that makes an API key for the viewer, then shows its secret once. */
import { type FormEvent, useState } from "react";
import { useMutation } from "urql";
import { keyScopeDescriptions } from "../../graphql/generated/enumDescriptions.ts";
import { CreateApiKeyDocument, type KeyScope } from "../../graphql/generated/graphql.ts";
import { RestoredNote } from "../drafts/RestoredNote.tsx";
import { useUnsent } from "../drafts/useUnsent.ts";
import buttonStyles from "../marks/Button.module.css";
import { Button } from "../marks/Button.tsx";
import { CopyButton } from "../marks/CopyButton.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useAttemptKey } from "../marks/useAttemptKey.ts";
import styles from "./Keys.module.css";
import { keyScopes, scopeName } from "./keyScopes.ts";

interface CreatedKey {
  readonly name: string;
  readonly secret: string;
}

/** Days until the key expires; null for never. */
const lifetimes = [
  { days: 30, label: "in 30 days" },
  { days: 90, label: "in 90 days" },
  { days: 365, label: "in a year" },
  { days: null, label: "never" },
] as const;
const usualLifetime = 1;

interface KeyValues {
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  readonly lifetime: number;
}

const emptyKey: KeyValues = { name: "", scopes: ["READ"], lifetime: usualLifetime };

export function NewKeyDialog({ open, onClose }: { readonly open: boolean; onClose(): void }) {
  const [created, setCreated] = useState<CreatedKey | null>(null);
  const close = () => {
    setCreated(null);
    onClose();
  };
  return (
    <Dialog title={created === null ? "New key" : `The key ${created.name}`} open={open} onClose={close}>
      {created === null ? <NewKeyForm onCreated={setCreated} onClose={close} /> : <Secret created={created} onClose={close} />}
    </Dialog>
  );
}

function NewKeyForm({ onCreated, onClose }: { onCreated(key: CreatedKey): void; onClose(): void }) {
  const unsent = useUnsent("new key", emptyKey);
  const { name, scopes, lifetime } = unsent.values;
  const [problem, setProblem] = useState<string | null>(null);
  const [{ fetching }, create] = useMutation(CreateApiKeyDocument);
  const attempt = useAttemptKey();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = { name, scopes: [...scopes], expiresInDays: lifetimes[lifetime]?.days ?? null };
    const { data, error } = await create({ input: { ...input, idempotencyKey: attempt.of(input) } });
    const answer = data?.createApiKey;
    if (answer !== undefined) attempt.forget();
    if (answer?.__typename === "CreateApiKeySuccess") {
      unsent.sent();
      onCreated({ name: answer.apiKey.name, secret: answer.secret });
    } else setProblem(mutationProblem(answer, error));
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <label>
        <span className="fieldLabel">Name</span>
        <input
          className="input"
          autoFocus
          placeholder="night sweeps"
          value={name}
          maxLength={100}
          aria-invalid={problem !== null || undefined}
          onChange={(event) => unsent.change({ name: event.target.value })}
        />
      </label>
      <fieldset className={styles.choices}>
        <legend className="fieldLabel">Scopes</legend>
        {keyScopes.map((scope) => (
          <label key={scope}>
            <input
              type="checkbox"
              checked={scopes.includes(scope)}
              onChange={(event) =>
                unsent.change({ scopes: keyScopes.filter((each) => (each === scope ? event.target.checked : scopes.includes(each))) })
              }
            />
            <span>
              <span className="n12">{scopeName(scope)}</span>
              <span className="t12 muted">{keyScopeDescriptions[scope]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <label>
        <span className="fieldLabel">Expires</span>
        <select className="input" value={lifetime} onChange={(event) => unsent.change({ lifetime: Number(event.target.value) })}>
          {lifetimes.map(({ label }, index) => (
            <option key={label} value={index}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {problem === null ? null : (
        <span className="fieldError" role="alert">
          {problem}
        </span>
      )}
      <RestoredNote {...unsent} />
      <div className={dialogStyles.dialogActions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" type="submit" disabled={fetching}>
          Make key
        </Button>
      </div>
    </form>
  );
}

function exampleRequest(secret: string): string {
  const body = JSON.stringify({ query: "{ viewer { role } }" });
  return `curl ${location.origin}/graphql -H "Authorization: Bearer ${secret}" -H "Content-Type: application/json" -d '${body}'`;
}

function Secret({ created: { secret }, onClose }: { readonly created: CreatedKey; onClose(): void }) {
  return (
    <>
      <p className="second" role="status">
        Store the key now. It is not shown again.
      </p>
      <output className={styles.secret}>{secret}</output>
      <div className={dialogStyles.dialogActions}>
        <CopyButton text={() => exampleRequest(secret)} label="Copy as curl" className={buttonStyles.button} />
        <CopyButton text={secret} label="Copy" className={buttonStyles.button} />
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </>
  );
}
