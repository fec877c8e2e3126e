"use client";
/** Creates a webhook, and then shows its secret once, or changes one. */
import { type FormEvent, useState } from "react";
import { useMutation } from "urql";
import {
  ChangeWebhookDocument,
  CreateWebhookDocument,
  type NotificationKind,
  type WebhookEntryFragment,
} from "../../graphql/generated/graphql.ts";
import { problemOf, useReplacement } from "../conflicts/useReplacement.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useAttemptKey } from "../marks/useAttemptKey.ts";
import { SecretOnce } from "./SecretOnce.tsx";
import styles from "./Webhooks.module.css";
import { defaultKinds, webhookKinds } from "./webhookKinds.ts";

interface WebhookDialogProps {
  /** Null for a new one. */
  readonly webhook: WebhookEntryFragment | null;
  /** Whether the viewer may create one of the workspace. */
  readonly mayShare: boolean;
  onClose(): void;
  onChange(): void;
}

export function WebhookDialog({ webhook, mayShare, onClose, onChange }: WebhookDialogProps) {
  const [name, setName] = useState(webhook?.name ?? "");
  const [url, setUrl] = useState(webhook?.url ?? "");
  const [kinds, setKinds] = useState<readonly NotificationKind[]>(webhook?.kinds ?? defaultKinds);
  const [personal, setPersonal] = useState(webhook?.personal ?? !mayShare);
  const [query, setQuery] = useState(webhook?.query ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const [{ fetching: creating }, create] = useMutation(CreateWebhookDocument);
  const key = useAttemptKey();
  const replace = useReplacement();
  // As it was when the dialog opened, which is what the person has changed.
  const [seen] = useState({ name, url, kinds: [...kinds], query });
  const [{ fetching: changing }, change] = useMutation(ChangeWebhookDocument);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const described = { name, url, kinds: [...kinds], query };
    if (webhook !== null) {
      const outcome = await replace({
        subject: webhook.name,
        values: described,
        previous: seen,
        labels: { name: "name", url: "address", kinds: "list of events", query: "query" },
        show: { kinds: (shown) => webhookKinds.flatMap(([kind, title]) => (shown.includes(kind) ? [title] : [])).join("\n") },
        async send(input) {
          const { data, error } = await change({ input: { webhookId: webhook.id, ...input } });
          return { answer: data?.changeWebhook, error };
        },
      });
      const failed = problemOf(outcome);
      setProblem(failed);
      if (failed !== null) return;
      onChange();
      onClose();
      return;
    }
    const input = { ...described, personal };
    const { data, error } = await create({ input: { ...input, idempotencyKey: key.of(input) } });
    const answer = data?.createWebhook;
    if (answer !== undefined) key.forget();
    setProblem(mutationProblem(answer, error));
    if (answer?.__typename !== "CreateWebhookSuccess") return;
    onChange();
    setSecret(answer.secret);
  };
  return (
    <Dialog title={webhook === null ? "New webhook" : `Change ${webhook.name}`} open onClose={onClose}>
      {secret !== null ? (
        <SecretOnce secret={secret} onClose={onClose} />
      ) : (
        <form className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
          <label>
            <span className="fieldLabel">Name</span>
            <input className="input" value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
          </label>
          <label>
            <span className="fieldLabel">Address</span>
            <input
              className="input"
              type="url"
              value={url}
              placeholder="https://hooks.lab.example/pareidolia"
              onChange={(event) => setUrl(event.target.value)}
            />
          </label>
          {webhook === null && mayShare ? (
            <label>
              <span className="fieldLabel">Gets</span>
              <select className="input" value={personal ? "own" : "all"} onChange={(event) => setPersonal(event.target.value === "own")}>
                <option value="all">every event of the workspace</option>
                <option value="own">what I am notified of</option>
              </select>
            </label>
          ) : null}
          <fieldset className={styles.kinds}>
            <legend className="fieldLabel">Events</legend>
            {webhookKinds.map(([kind, title]) => (
              <label key={kind}>
                <input
                  type="checkbox"
                  checked={kinds.includes(kind)}
                  onChange={(event) =>
                    setKinds(
                      webhookKinds.map(([each]) => each).filter((each) => (each === kind ? event.target.checked : kinds.includes(each))),
                    )
                  }
                />
                {title}
              </label>
            ))}
          </fieldset>
          <label>
            <span className="fieldLabel">GraphQL query, optional</span>
            <textarea
              className={`input ${styles.query}`}
              value={query}
              rows={4}
              spellCheck={false}
              placeholder="query ($id: ID!) { node(id: $id) { ... on Run { key state median } } }"
              onChange={(event) => setQuery(event.target.value)}
            />
            <span className="t12 muted">
              Each message contains its answer as data.query, with your rights. $id is the ID of the event's subject.
            </span>
          </label>
          {problem === null ? null : (
            <span className="fieldError" role="alert">
              {problem}
            </span>
          )}
          <div className={dialogStyles.dialogActions}>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" type="submit" disabled={creating || changing}>
              {webhook === null ? "Create webhook" : "Save"}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
