"use client";
/** The log tab: when runs started, waited, ended and why, newest first. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { SweepLogDocument } from "../../graphql/generated/graphql.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { Link } from "../marks/Link.tsx";
import { formatClock, formatCount } from "../marks/numbers.ts";
import { PagedRows } from "../marks/PagedRows.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import styles from "./SweepTabs.module.css";
import { isActiveSweep, type SweepOnPage } from "./sweepOnPage.ts";
import { logQuery } from "./sweepQueries.ts";

const pollMilliseconds = 5_000;

function timeOf(createdAt: unknown): string {
  const time = new Date(String(createdAt));
  const day = time.toLocaleDateString("en-GB", { day: "numeric", month: "short" });
  return time.toDateString() === new Date().toDateString() ? formatClock(time) : `${day}, ${formatClock(time)}`;
}

export function SweepLog({ sweep }: { readonly sweep: SweepOnPage }) {
  const { data } = useLiveQuery({
    query: SweepLogDocument,
    variables: { id: sweep.key, after: null },
    poll: isActiveSweep(sweep.state) ? pollMilliseconds : null,
  });
  const log = data?.sweep?.log;
  const tools = useDataTools({
    name: `${sweep.key}-log`,
    columns: ["time", "run", "seed", "state", "reason"],
    rows: () =>
      (log?.nodes ?? []).map(({ createdAt, run, change }) => [
        String(createdAt),
        run.key,
        run.seed,
        change?.to ?? null,
        change?.reason ?? null,
      ]),
    query: logQuery(sweep.key),
  });
  return (
    <ResultSection title="Log" tools={tools} note={log === undefined ? undefined : `${formatCount(log.totalCount)} changes of state`}>
      <div className={styles.logFrame} tabIndex={0} role="region" aria-label="Log of the sweep">
        <table>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Run</th>
              <th scope="col">State</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <PagedRows
            query={SweepLogDocument}
            variables={{ id: sweep.key }}
            pageOf={(page) => page.sweep?.log ?? { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } }}
            columns={4}
            poll={pollMilliseconds}
          >
            {({ runId, seq, createdAt, run, change }) => (
              <tr key={`${runId}-${seq}`}>
                <td className="n12" suppressHydrationWarning>
                  {timeOf(createdAt)}
                </td>
                <td>
                  <Link className="link n12" href={`/runs/${run.key}`}>
                    {run.key}
                  </Link>
                </td>
                <td>{change ? <StateGlyph state={change.to} /> : null}</td>
                <td className="t13">{change?.reason}</td>
              </tr>
            )}
          </PagedRows>
        </table>
      </div>
    </ResultSection>
  );
}
