"use client";
/** An e-mail with its state. Opened, it shows the text and why it could not be sent. */
import { useId, useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import { type EmailRowFragment, SendEmailAgainDocument } from "../../graphql/generated/graphql.ts";
import { CopyButton } from "../marks/CopyButton.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { Permitted } from "../permissions/Permitted.tsx";
import tableStyles from "../settings/SettingsTable.module.css";
import styles from "./Emails.module.css";

const retryable: ReadonlySet<EmailRowFragment["state"]> = new Set(["FAILED", "UNSENT"]);

export function EmailTableRow({ email }: { readonly email: EmailRowFragment }) {
  const { id, to, subject, text, state, createdAt, sentAt, attempts, failure } = email;
  const [open, setOpen] = useState(false);
  const textId = useId();
  const [{ fetching }, sendAgain] = useMutation(SendEmailAgainDocument);
  const send = async () => {
    const { data, error } = await sendAgain({ emailId: id });
    const problem = mutationProblem(data?.sendEmailAgain, error);
    if (problem === null) toast(`The e-mail to ${to} is sent again.`);
    else toast.error(problem);
  };
  return (
    <>
      <tr className={open ? styles.open : undefined}>
        <td>
          <button
            type="button"
            className={styles.subject}
            aria-expanded={open}
            aria-controls={open ? textId : undefined}
            onClick={() => setOpen(!open)}
          >
            {subject}
          </button>
          <span className={`${tableStyles.narrow} t12 muted`}>
            {to}, <RelativeTime time={createdAt} />
          </span>
        </td>
        <td className={`n12 ${styles.to} ${tableStyles.wide}`}>{to}</td>
        <td className="n12">{state}</td>
        <td className={`t12 nowrap ${tableStyles.wide}`}>
          <RelativeTime time={sentAt ?? createdAt} />
        </td>
        <td className={`n12 right ${tableStyles.wide}`}>{attempts}</td>
        <td className={tableStyles.actions}>
          {retryable.has(state) ? (
            <Permitted needs="sendEmailAgain">
              <button type="button" className={tableStyles.action} disabled={fetching} onClick={() => void send()}>
                Send again<span className="visuallyHidden"> to {to}</span>
              </button>
            </Permitted>
          ) : null}
        </td>
      </tr>
      {open ? (
        <tr id={textId} className={styles.open}>
          <td colSpan={6}>
            <div className={styles.content}>
              {failure == null ? null : <p className={styles.failure}>The last attempt failed: {failure}</p>}
              <pre>{text}</pre>
              <CopyButton text={text} label="Copy text" />
            </div>
          </td>
        </tr>
      ) : null}
    </>
  );
}
