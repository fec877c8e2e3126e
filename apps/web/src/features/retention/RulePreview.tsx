/** What a rule would do now: how many runs, rows and bytes, and which runs. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { RetentionPreviewDocument, type RetentionRuleInput } from "../../graphql/generated/graphql.ts";
import { plainMessage } from "../marks/ErrorState.tsx";
import { formatCount } from "../marks/numbers.ts";
import { WholeListTools } from "../marks/WholeListTools.tsx";
import { formatBytes } from "../models/bytes.ts";
import { previewFile, previewQuery } from "./previewFile.ts";
import styles from "./Retention.module.css";

export function RulePreview({ rule }: { readonly rule: RetentionRuleInput }) {
  const { data, error } = useLiveQuery({ query: RetentionPreviewDocument, variables: { rule }, requestPolicy: "network-only" });
  if (data === undefined)
    return error ? (
      <p className="fieldError" role="alert">
        {plainMessage(error.message)}
      </p>
    ) : (
      <p className="second" role="status">
        Looking for runs
      </p>
    );
  const { itemCount, items, rows, bytes, isEstimate } = data.retentionPreview;
  if (itemCount === 0)
    return (
      <p className="second" role="status">
        Nothing now.
      </p>
    );
  const moves = rule.action === "TRASH_RUNS";
  return (
    <div>
      <p role="status">
        <span className="n12">{formatCount(itemCount)}</span> {itemCount === 1 ? "item" : "items"} with{" "}
        <span className="n12">{formatCount(rows)}</span> rows{moves ? ", moved to the trash" : ", deleted"}.{" "}
        {moves ? "This frees no storage yet." : `It frees ${isEstimate ? "about " : ""}${formatBytes(bytes)}.`}
      </p>
      <WholeListTools name="retention-preview" rows={items} columns={previewFile} query={previewQuery(rule)} />
      <ul className={styles.items}>
        {items.map(({ key, name }) => (
          <li key={key}>
            <span className="n12">{key}</span> {name}
          </li>
        ))}
      </ul>
      {itemCount > items.length ? <p className="t12 muted">The first {formatCount(items.length)}, oldest first.</p> : null}
    </div>
  );
}
