"use client";
/** The audit log, for owners: who did what, to what, from where, and whether its chain is intact. The filters are in the URL. */
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { AuditHeadDocument } from "../../graphql/generated/graphql.ts";
import { useAddress } from "../addresses/navigation.ts";
import buttonStyles from "../marks/Button.module.css";
import { Button } from "../marks/Button.tsx";
import { formatCount, formatTotal } from "../marks/numbers.ts";
import { QueryButton } from "../queries/QueryButton.tsx";
import { OwnersOnly } from "../settings/OwnersOnly.tsx";
import { SettingsPage } from "../settings/SettingsPage.tsx";
import { AuditFilterBar } from "./AuditFilterBar.tsx";
import { AuditTable, type ListedEntries } from "./AuditTable.tsx";
import { auditParameters, exportAddress, readAuditFilter } from "./auditFilter.ts";
import { auditQuery } from "./auditQuery.ts";
import { ChainState } from "./ChainState.tsx";
import { useVerification } from "./useVerification.ts";

const pollMilliseconds = 5_000;

export function AuditPage() {
  return (
    <OwnersOnly tab="Audit" needs="auditEntry:read" names={Object.keys(auditParameters)}>
      <AuditLog />
    </OwnersOnly>
  );
}

function AuditLog() {
  const [state, setState] = useQueryStates(auditParameters);
  const [openedAt] = useState(() => new Date());
  const [listed, setListed] = useState<ListedEntries | null>(null);
  const address = useAddress();
  const head = useLiveQuery({ query: AuditHeadDocument, poll: pollMilliseconds }).data?.auditHead;
  const { state: verification, verify } = useVerification();
  const filter = readAuditFilter(state, openedAt);
  const isFiltered = Object.values(filter).some((value) => value !== null);
  const total = listed === null ? "" : formatTotal(listed.total, listed.isCapped);
  return (
    <SettingsPage
      tab="Audit"
      names={Object.keys(auditParameters)}
      summary="Who did what, to what, from where. Owners read this page; no role can change it."
      actions={
        <>
          {listed?.total === 0 ? null : (
            <>
              <a className={buttonStyles.button} href={address(exportAddress("csv", filter))} download>
                CSV
              </a>
              <a className={buttonStyles.button} href={address(exportAddress("jsonl", filter))} download>
                JSON
              </a>
              <QueryButton className={buttonStyles.button} query={auditQuery(filter)} />
            </>
          )}
          <Button look="primary" onClick={() => void verify()} disabled={verification.ended === null && verification.problem === null}>
            Verify now
          </Button>
        </>
      }
    >
      {head == null ? null : <ChainState verification={verification} head={head} />}
      <AuditFilterBar
        state={state}
        actions={listed?.actions ?? []}
        count={head == null || !isFiltered ? total : `${total} of ${formatCount(head.sequence)}`}
        onChange={(change) => void setState(change)}
      />
      <AuditTable key={JSON.stringify(filter)} filter={filter} isFiltered={isFiltered} onListed={setListed} />
    </SettingsPage>
  );
}
