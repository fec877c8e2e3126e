"use client";
/** The secret of a webhook, which is shown only when it is made. */
import buttonStyles from "../marks/Button.module.css";
import { Button } from "../marks/Button.tsx";
import { CopyButton } from "../marks/CopyButton.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import styles from "./Webhooks.module.css";

export function SecretOnce({ secret, onClose }: { readonly secret: string; onClose(): void }) {
  return (
    <>
      <p className="second" role="status">
        Store the secret now: it verifies the signatures of messages, and it is not shown again.
      </p>
      <output className={styles.secret}>{secret}</output>
      <div className={dialogStyles.dialogActions}>
        <CopyButton text={secret} label="Copy" className={buttonStyles.button} />
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </>
  );
}
