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
import { RestoredNote } from "../drafts/RestoredNote.tsx";
import { useUnsent } from "../drafts/useUnsent.ts";
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
  const unsent = useUnsent(`webhook ${webhook?.id ?? "new"}`, {
    name: webhook?.name ?? "",
    url: webhook?.url ?? "",
    kinds: (webhook?.kinds ?? defaultKinds) as readonly NotificationKind[],
    personal: webhook?.personal ?? !mayShare,
    query: webhook?.query ?? "",
  });
  const { name, url, kinds, personal, query } = unsent.values;
  const [problem, setProblem] = useState<string | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const [{ fetching: creating }, create] = useMutation(CreateWebhookDocument);
  const key = useAttemptKey();
  const replace = useReplacement();
  const [{ fetching: changing }, change] = useMutation(ChangeWebhookDocument);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const described = { name, url, kinds: [...kinds], query };
    if (webhook !== null) {
      const seen = unsent.base;
      const outcome = await replace({
        subject: webhook.name,
        values: described,
        previous: { name: seen.name, url: seen.url, kinds: [...seen.kinds], query: seen.query },
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
      unsent.sent();
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
    unsent.sent();
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
            <input className="input" value={name} maxLength={100} onChange={(event) => unsent.change({ name: event.target.value })} />
          </label>
          <label>
            <span className="fieldLabel">Address</span>
            <input
              className="input"
              type="url"
              value={url}
              placeholder="https://hooks.lab.example/pareidolia"
              onChange={(event) => unsent.change({ url: event.target.value })}
            />
          </label>
          {webhook === null && mayShare ? (
            <label>
              <span className="fieldLabel">Gets</span>
              <select
                className="input"
                value={personal ? "own" : "all"}
                onChange={(event) => unsent.change({ personal: event.target.value === "own" })}
              >
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
                    unsent.change({
                      kinds: webhookKinds.flatMap(([each]) =>
                        (each === kind ? event.target.checked : kinds.includes(each)) ? [each] : [],
                      ),
                    })
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
              onChange={(event) => unsent.change({ query: event.target.value })}
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
          <RestoredNote {...unsent} />
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
