"use client";
/** API keys with their start, scopes, last use and expiry, never more. Owners see those of all members and decide whether members may have any. */
import { parseAsBoolean, useQueryState } from "nuqs";
import { toast } from "sonner";
import { useMutation } from "urql";
import { AllowMemberKeysDocument, type SettingsQuery } from "../../graphql/generated/graphql.ts";
import { problemOf, useReplacement } from "../conflicts/useReplacement.ts";
import { Permitted } from "../permissions/Permitted.tsx";
import { usePermissions } from "../permissions/usePermissions.ts";
import tableStyles from "../settings/SettingsTable.module.css";
import styles from "./Keys.module.css";
import { KeyTable } from "./KeyTable.tsx";
import { NewKeyDialog } from "./NewKeyDialog.tsx";

interface KeySectionProps {
  readonly settings: SettingsQuery;
  /** Whether to list the keys that work, or those that are revoked or expired. */
  readonly valid: boolean;
}

export function KeySection({ settings, valid }: KeySectionProps) {
  const { workspace } = settings.viewer;
  const mayCreate = workspace.mayCreateKeys;
  const { permits } = usePermissions();
  const managesAll = permits("apiKey:manage");
  const [creating, setCreating] = useQueryState("new", parseAsBoolean.withDefault(false));
  const [{ fetching }, allow] = useMutation(AllowMemberKeysDocument);
  const replace = useReplacement();
  const toggle = async () => {
    const outcome = await replace({
      subject: workspace.name,
      values: { allowed: !workspace.memberKeys },
      previous: { allowed: workspace.memberKeys },
      labels: { allowed: "setting for members’ keys" },
      show: { allowed: (allowed) => (allowed ? "Members may make keys" : "Only owners may make keys") },
      async send(input) {
        const { data, error } = await allow({ input });
        return { answer: data?.allowMemberKeys, error };
      },
    });
    const problem = problemOf(outcome);
    if (problem !== null) toast.error(problem);
  };
  return (
    <section aria-labelledby="keys">
      <div className="sectionHead">
        <h2 id="keys">{valid ? "Keys" : "Revoked and expired keys"}</h2>
        <div className={styles.tools}>
          <Permitted needs="allowMemberKeys">
            <button
              type="button"
              role="switch"
              aria-checked={workspace.memberKeys}
              aria-label="Members may make keys"
              className={tableStyles.action}
              disabled={fetching}
              onClick={() => void toggle()}
            >
              Members may make keys: <b>{workspace.memberKeys ? "yes" : "no"}</b>
            </button>
          </Permitted>
          {mayCreate ? (
            <button type="button" className={`${tableStyles.action} ${styles.create}`} onClick={() => void setCreating(true)}>
              New key
            </button>
          ) : null}
        </div>
      </div>
      {workspace.memberKeys ? null : (
        <p className={`${styles.note} second`}>
          {mayCreate ? "Keys of members who are not owners are refused." : "In this workspace only owners have keys. Yours are refused."}
        </p>
      )}
      <KeyTable valid={valid} showsOwner={managesAll} />
      <NewKeyDialog open={creating && mayCreate} onClose={() => void setCreating(false)} />
    </section>
  );
}
