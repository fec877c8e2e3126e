"use client";
/** Ends a member's e-mails about one workspace by the link in such an e-mail, without signing in. */
import { useState } from "react";
import { EntranceFrame } from "../entrance/EntranceFrame.tsx";
import styles from "../entrance/entrance.module.css";
import { EntranceMessage, FormRefusal, Submit } from "../entrance/FormParts.tsx";
import { ButtonLink } from "../marks/Button.tsx";
import { noAnswerMessage } from "../marks/noAnswer.ts";
import { unlessUnanswered } from "../marks/refusalOf.ts";

export function UnsubscribePage({ token }: { token: string }) {
  const [state, setState] = useState<"open" | "busy" | "done">("open");
  const [refusal, setRefusal] = useState<string | null>(null);
  const stop = async () => {
    setState("busy");
    const response = await unlessUnanswered(fetch(`/email-choices/${encodeURIComponent(token)}`, { method: "POST" }));
    setRefusal(response === null ? noAnswerMessage() : response.ok ? null : await response.text());
    setState(response?.ok === true ? "done" : "open");
  };
  return (
    <EntranceFrame>
      {state === "done" ? (
        <EntranceMessage
          title="You get no more e-mails about this workspace"
          action={<ButtonLink href="/settings/notifications">Choose what you get</ButtonLink>}
        >
          Its notifications are still in the product. E-mails about your account, such as a link for a new password, are still sent.
        </EntranceMessage>
      ) : (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            void stop();
          }}
        >
          <div className={styles.intro}>
            <h1>No more e-mails about this workspace</h1>
            <p className="second">You can turn single kinds on again in the settings.</p>
          </div>
          <FormRefusal message={refusal} />
          <Submit busy={state === "busy"} busyLabel="Unsubscribing" disabled={false} shortcut="↵">
            Unsubscribe
          </Submit>
        </form>
      )}
    </EntranceFrame>
  );
}
