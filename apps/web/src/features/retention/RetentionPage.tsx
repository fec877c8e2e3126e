"use client";
/** The retention rules of the workspace, for owners: what the hourly clean-ups trash, trim and delete. */
import { useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { RetentionRulesDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { Link } from "../marks/Link.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { WholeListTools } from "../marks/WholeListTools.tsx";
import { OwnersOnly } from "../settings/OwnersOnly.tsx";
import { SettingsPage } from "../settings/SettingsPage.tsx";
import tableStyles from "../settings/SettingsTable.module.css";
import { NewRuleDialog } from "./NewRuleDialog.tsx";
import { RuleRow } from "./RuleRow.tsx";
import { rulesFile, rulesQuery } from "./rulesFile.ts";

const pollMilliseconds = 5_000;
const retryMilliseconds = 3_000;

export function RetentionPage() {
  return (
    <OwnersOnly tab="Storage" needs="retentionRule:read">
      <Rules />
    </OwnersOnly>
  );
}

function Rules() {
  const [adding, setAdding] = useState(false);
  const { data, error, refetch } = useLiveQuery({
    query: RetentionRulesDocument,
    requestPolicy: "cache-and-network",
    poll: pollMilliseconds,
    retryAfter: retryMilliseconds,
  });
  const labelOf = (kind: string) => data?.runKinds.find(({ id }) => id === kind)?.label ?? kind;
  return (
    <SettingsPage
      tab="Storage"
      summary="Rules by which old runs are trashed, trimmed and deleted. Workers apply them every hour."
      actions={
        <Button look="primary" needs="createRetentionRule" onClick={() => setAdding(true)}>
          New rule
        </Button>
      }
    >
      {data === undefined ? (
        error ? (
          <RequestError message={error.message} onRetry={refetch} />
        ) : (
          <SkeletonLines count={3} height={48} />
        )
      ) : data.retentionRules.length === 0 ? (
        <EmptyState
          title="No rules yet"
          action={
            <Button needs="createRetentionRule" onClick={() => setAdding(true)}>
              New rule
            </Button>
          }
        >
          Without a rule, nothing is deleted by itself, and the trash is kept until a member empties it.
        </EmptyState>
      ) : (
        <>
          <WholeListTools name="retention-rules" rows={data.retentionRules} columns={rulesFile} query={rulesQuery} />
          <table className={`${tableStyles.table} ${tableStyles.tall}`}>
            <thead>
              <tr>
                <th scope="col">Rule</th>
                <th scope="col" className={tableStyles.wide}>
                  Last result
                </th>
                <th scope="col">State</th>
                <th scope="col" className={tableStyles.actions}>
                  <span className="visuallyHidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.retentionRules.map((rule) => (
                <RuleRow key={rule.id} rule={rule} labelOf={labelOf} onChanged={refetch} />
              ))}
            </tbody>
          </table>
        </>
      )}
      <p className={`${tableStyles.foot} t12 muted`}>
        Rules leave locked runs and experiments alone. Deleted images and genomes free storage within about two hours. See also{" "}
        <Link className="link" href="/trash">
          the trash
        </Link>
        .
      </p>
      <NewRuleDialog open={adding} kinds={data?.runKinds ?? []} onClose={() => setAdding(false)} onCreated={refetch} />
    </SettingsPage>
  );
}
