"use client";
/** A webhook: its address and state, what it can be told to do, and its deliveries on request. */
import { useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import {
  ChangeWebhookDocument,
  DeleteWebhookDocument,
  RotateWebhookSecretDocument,
  TestWebhookDocument,
  type WebhookEntryFragment,
} from "../../graphql/generated/graphql.ts";
import { problemOf, useReplacement } from "../conflicts/useReplacement.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import tableStyles from "../settings/SettingsTable.module.css";
import { Deliveries } from "./Deliveries.tsx";
import { SecretOnce } from "./SecretOnce.tsx";
import { WebhookDialog } from "./WebhookDialog.tsx";
import styles from "./Webhooks.module.css";

interface WebhookRowProps {
  readonly webhook: WebhookEntryFragment;
  onChange(): void;
}

function State({ webhook: { disabledAt, pausedAt, failingSince } }: { readonly webhook: WebhookEntryFragment }) {
  if (disabledAt != null)
    return (
      <>
        turned off <RelativeTime time={disabledAt} />, after failed deliveries
      </>
    );
  if (pausedAt != null)
    return (
      <>
        paused <RelativeTime time={pausedAt} />
      </>
    );
  if (failingSince != null)
    return (
      <>
        failing since <RelativeTime time={failingSince} />
      </>
    );
  return <>on</>;
}

export function WebhookRow({ webhook, onChange }: WebhookRowProps) {
  const { id, name, url, kinds, query, personal, pausedAt, disabledAt, failingSince, previousUntil } = webhook;
  const [dialog, setDialog] = useState<"change" | "rotate" | "delete" | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const [shown, setShown] = useState(false);
  const [, change] = useMutation(ChangeWebhookDocument);
  const [{ fetching: rotating }, rotate] = useMutation(RotateWebhookSecretDocument);
  const [{ fetching: deleting }, remove] = useMutation(DeleteWebhookDocument);
  const [{ fetching: testing }, test] = useMutation(TestWebhookDocument);
  const replace = useReplacement();
  const isOn = pausedAt == null && disabledAt == null;
  const tell = (problem: string | null): boolean => {
    if (problem !== null) toast.error(problem);
    return problem === null;
  };
  const setPaused = async (paused: boolean) => {
    const outcome = await replace({
      subject: name,
      values: { paused },
      previous: { paused: pausedAt != null },
      labels: { paused: "state" },
      show: { paused: (shown) => (shown ? "paused" : "on") },
      async send(input) {
        const { data, error } = await change({ input: { webhookId: id, ...input } });
        return { answer: data?.changeWebhook, error };
      },
    });
    if (tell(problemOf(outcome))) onChange();
  };
  const send = async () => {
    const { data, error } = await test({ input: { webhookId: id } });
    if (!tell(mutationProblem(data?.testWebhook, error))) return;
    toast("A test is on its way.");
    setShown(true);
  };
  const confirmRotation = async () => {
    const { data, error } = await rotate({ input: { webhookId: id } });
    const answer = data?.rotateWebhookSecret;
    if (!tell(mutationProblem(answer, error)) || answer?.__typename !== "RotateWebhookSecretSuccess") return;
    setSecret(answer.secret);
    onChange();
  };
  const confirmDeletion = async () => {
    const { data, error } = await remove({ input: { webhookId: id } });
    if (!tell(mutationProblem(data?.deleteWebhook, error))) return;
    setDialog(null);
    onChange();
  };
  return (
    <li className={styles.webhook}>
      <div className={styles.head}>
        <div className={styles.about}>
          <h2 className={tableStyles.name}>{name}</h2>
          <p className={`${styles.url} n12`}>{url}</p>
          <p className="t12 muted">
            {personal ? "what you are notified of" : "every event of the workspace"}, {kinds.length} {kinds.length === 1 ? "kind" : "kinds"}
            , <State webhook={webhook} />
            {query == null ? "" : ", with a query of its own"}
            {previousUntil == null ? "" : ", with two secrets"}
          </p>
        </div>
        <div className={styles.actions}>
          <button type="button" className={tableStyles.action} aria-expanded={shown} onClick={() => setShown(!shown)}>
            Deliveries<span className="visuallyHidden"> of {name}</span>
          </button>
          <button type="button" className={tableStyles.action} disabled={!isOn || testing} onClick={() => void send()}>
            Send a test<span className="visuallyHidden"> to {name}</span>
          </button>
          <button type="button" className={tableStyles.action} onClick={() => void setPaused(isOn)}>
            {isOn ? "Pause" : "Resume"}
            <span className="visuallyHidden"> {name}</span>
          </button>
          <button type="button" className={tableStyles.action} onClick={() => setDialog("change")}>
            Change<span className="visuallyHidden"> {name}</span>
          </button>
          <button type="button" className={tableStyles.action} onClick={() => setDialog("rotate")}>
            New secret<span className="visuallyHidden"> for {name}</span>
          </button>
          <button type="button" className={tableStyles.action} onClick={() => setDialog("delete")}>
            Delete<span className="visuallyHidden"> {name}</span>
          </button>
        </div>
      </div>
      {shown ? <Deliveries webhookId={id} name={name} failingSince={failingSince ?? null} /> : null}
      {dialog === "change" ? (
        <WebhookDialog webhook={webhook} mayShare={false} onClose={() => setDialog(null)} onChange={onChange} />
      ) : null}
      {dialog === "rotate" ? (
        <Dialog
          title={`New secret for ${name}`}
          open
          onClose={() => {
            setDialog(null);
            setSecret(null);
          }}
        >
          {secret === null ? (
            <>
              <p className="second">For a day, messages have a signature by each of the two secrets. Then only the new one counts.</p>
              <div className={dialogStyles.dialogActions}>
                <Button onClick={() => setDialog(null)}>Cancel</Button>
                <Button look="primary" disabled={rotating} onClick={() => void confirmRotation()}>
                  Make a new secret
                </Button>
              </div>
            </>
          ) : (
            <SecretOnce
              secret={secret}
              onClose={() => {
                setDialog(null);
                setSecret(null);
              }}
            />
          )}
        </Dialog>
      ) : null}
      {dialog === "delete" ? (
        <Dialog title={`Delete ${name}`} open onClose={() => setDialog(null)}>
          <p className="second">The webhook and the list of its deliveries are deleted. This cannot be undone.</p>
          <div className={dialogStyles.dialogActions}>
            <Button onClick={() => setDialog(null)}>Keep it</Button>
            <Button look="primary" disabled={deleting} onClick={() => void confirmDeletion()}>
              Delete
            </Button>
          </div>
        </Dialog>
      ) : null}
    </li>
  );
}
