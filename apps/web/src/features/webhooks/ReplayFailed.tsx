"use client";
/** Sends again all failed deliveries of a webhook since the start of an outage of its receiver. */
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import { ReplayDeliveriesDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { fromLocalTime, toLocalTime } from "./localTime.ts";
import styles from "./Webhooks.module.css";

interface ReplayFailedProps {
  readonly webhookId: string;
  readonly name: string;
  /** Since when deliveries fail; null if the last one succeeded. */
  readonly failingSince: string | null;
}

const dayMilliseconds = 86_400_000;

export function ReplayFailed({ webhookId, name, failingSince }: ReplayFailedProps) {
  const [since, setSince] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [{ fetching }, replay] = useMutation(ReplayDeliveriesDocument);
  const open = () => {
    setProblem(null);
    setSince(toLocalTime(new Date(failingSince ?? Date.now() - dayMilliseconds)));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const start = fromLocalTime(since ?? "");
    if (start === null) {
      setProblem("Enter a date and a time.");
      return;
    }
    const { data, error } = await replay({ input: { webhookId, since: start } });
    const answer = data?.replayDeliveries;
    setProblem(mutationProblem(answer, error));
    if (answer?.__typename !== "ReplayDeliveriesSuccess") return;
    const { count } = answer;
    toast(count === 0 ? "No delivery has failed since then." : `Sending ${count} ${count === 1 ? "delivery" : "deliveries"} again.`);
    setSince(null);
  };
  return (
    <>
      <Button look="quiet" onClick={open}>
        Send failed again<span className="visuallyHidden"> to {name}</span>
      </Button>
      {since === null ? null : (
        <Dialog title={`Send failed deliveries to ${name} again`} open onClose={() => setSince(null)}>
          <form className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
            <label>
              <span className="fieldLabel">Events since</span>
              <input className="input" type="datetime-local" value={since} onChange={(event) => setSince(event.target.value)} />
              <span className="t12 muted">Each message keeps its webhook-id. Only failed deliveries are sent.</span>
            </label>
            {problem === null ? null : (
              <span className="fieldError" role="alert">
                {problem}
              </span>
            )}
            <div className={dialogStyles.dialogActions}>
              <Button onClick={() => setSince(null)}>Cancel</Button>
              <Button look="primary" type="submit" disabled={fetching}>
                Send again
              </Button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}
