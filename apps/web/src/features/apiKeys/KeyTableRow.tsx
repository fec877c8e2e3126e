"use client";
/** An API key. Revoking it cannot be undone, so a dialog confirms it. */
import { useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import { type ApiKeyRowFragment, RevokeApiKeyDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { Expiry, PastDay } from "../settings/DayTime.tsx";
import tableStyles from "../settings/SettingsTable.module.css";
import styles from "./Keys.module.css";
import { scopeName } from "./keyScopes.ts";

interface KeyTableRowProps {
  readonly apiKey: ApiKeyRowFragment;
  readonly showsOwner: boolean;
}

export function KeyTableRow({ apiKey, showsOwner }: KeyTableRowProps) {
  const { id, name, prefix, scopes, expiresAt, lastUsedAt, revokedAt, user } = apiKey;
  const [revoking, setRevoking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [{ fetching }, revoke] = useMutation(RevokeApiKeyDocument);
  const [openedAt] = useState(() => Date.now());
  const hasExpired = expiresAt != null && new Date(expiresAt).getTime() <= openedAt;
  const confirm = async () => {
    const { data, error } = await revoke({ apiKeyId: id });
    const failed = mutationProblem(data?.revokeApiKey, error);
    setProblem(failed);
    if (failed !== null) return;
    setRevoking(false);
    toast(`The key ${name} is revoked.`);
  };
  const ownerName = user?.name ?? "a former member";
  const lastUse = lastUsedAt == null ? "never" : <RelativeTime time={lastUsedAt} />;
  const end =
    revokedAt != null ? (
      <>
        revoked <PastDay time={revokedAt} />
      </>
    ) : hasExpired ? (
      <>
        expired <PastDay time={expiresAt} />
      </>
    ) : expiresAt == null ? (
      "never"
    ) : (
      <Expiry time={expiresAt} soon={7} />
    );
  return (
    <tr>
      <td className={`n12 ${styles.prefix} ${tableStyles.wide}`}>{prefix}…</td>
      <td>
        <span className={styles.name}>{name}</span>
        <span className={`${tableStyles.narrow} t12 muted`}>
          <span className="n12">{prefix}…</span> {scopes.map(scopeName).join(", ")}
        </span>
        <span className={`${tableStyles.narrow} t12 muted`}>
          {showsOwner ? `${ownerName}, ` : ""}used {lastUse}, {revokedAt == null && !hasExpired ? "expires " : ""}
          {end}
        </span>
        {revoking ? (
          <Dialog title={`Revoke ${name}`} open onClose={() => setRevoking(false)}>
            <p className="second">
              Programs that use the key <span className="n12">{prefix}…</span> are refused from now on. This cannot be undone.
            </p>
            {problem === null ? null : (
              <p className="fieldError" role="alert">
                {problem}
              </p>
            )}
            <div className={dialogStyles.dialogActions}>
              <Button onClick={() => setRevoking(false)}>Keep it</Button>
              <Button look="primary" disabled={fetching} onClick={() => void confirm()}>
                Revoke
              </Button>
            </div>
          </Dialog>
        ) : null}
      </td>
      {showsOwner ? <td className={`${tableStyles.wide} ${tableStyles.member}`}>{ownerName}</td> : null}
      <td className={tableStyles.wide}>
        <span className={styles.scopes}>
          {scopes.map((scope) => (
            <span key={scope} className={styles.scope}>
              {scopeName(scope)}
            </span>
          ))}
        </span>
      </td>
      <td className={`t12 nowrap ${tableStyles.wide}`}>{lastUse}</td>
      <td className={`t12 nowrap ${tableStyles.wide}`}>{end}</td>
      <td className={tableStyles.actions}>
        {revokedAt != null || hasExpired ? null : (
          <button type="button" className={tableStyles.action} onClick={() => setRevoking(true)}>
            Revoke<span className="visuallyHidden"> the key {name}</span>
          </button>
        )}
      </td>
    </tr>
  );
}
