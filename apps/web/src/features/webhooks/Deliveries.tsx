"use client";
/** The deliveries of a webhook, latest first, with what was sent and answered. They follow the webhook's changes while they are open. */
import { Fragment, useState } from "react";
import { toast } from "sonner";
import { useClient, useMutation } from "urql";
import { loadAllPages } from "../../graphql/client/allPages.ts";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import {
  DeliveriesDocument,
  type DeliveriesQuery,
  type DeliveryEntryFragment,
  ReplayDeliveryDocument,
} from "../../graphql/generated/graphql.ts";
import { useFallbackPoll } from "../live/useFallbackPoll.ts";
import { useWebhookChanges } from "../live/useWorkspaceChanges.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { PagedRows } from "../marks/PagedRows.tsx";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import tableStyles from "../settings/SettingsTable.module.css";
import { deliveriesQuery, deliveryColumns, toRow } from "./deliveryRows.ts";
import { ReplayFailed } from "./ReplayFailed.tsx";
import styles from "./Webhooks.module.css";

const columns = 5;
const states = { WAITING: "waiting", DELIVERED: "delivered", FAILED: "failed" } as const;
const noDeliveries = { totalCount: 0, nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
const pageOf = ({ node }: DeliveriesQuery) => (node?.__typename === "Webhook" ? node.deliveries : noDeliveries);
const eventOf = (kind: string) => kind.toLowerCase().replaceAll("_", " ");

interface DeliveriesProps {
  readonly webhookId: string;
  readonly name: string;
  readonly failingSince: string | null;
}

export function Deliveries({ webhookId, name, failingSince }: DeliveriesProps) {
  const client = useClient();
  const poll = useFallbackPoll();
  const [version, setVersion] = useState(0);
  const { data, error, refetch } = useLiveQuery({ query: DeliveriesDocument, variables: { id: webhookId, after: null }, poll });
  useWebhookChanges(webhookId, () => {
    refetch();
    setVersion((last) => last + 1);
  });
  const deliveries = data === undefined ? noDeliveries : pageOf(data);
  const { toolbar, content } = useDataTools({
    name: `deliveries of ${name}`,
    columns: deliveryColumns,
    rows: () => deliveries.nodes.map(toRow),
    allRows: async () => {
      const pages = await loadAllPages(async (after) => {
        const variables = { id: webhookId, after };
        const answer = await client.query(DeliveriesDocument, variables, { requestPolicy: "network-only" }).toPromise();
        return { page: answer.data && pageOf(answer.data), error: answer.error };
      });
      if ("error" in pages) throw new Error(pages.error);
      return pages.nodes.map(toRow);
    },
    query: deliveriesQuery(webhookId),
  });
  if (data === undefined) return error ? <RequestError message={error.message} onRetry={refetch} /> : <SkeletonLines count={2} />;
  if (deliveries.nodes.length === 0) return <p className="muted">Nothing was sent yet. Send a test.</p>;
  return (
    <div className={styles.deliveries}>
      <div className={styles.tools}>
        <ReplayFailed webhookId={webhookId} name={name} failingSince={failingSince} />
        {toolbar}
      </div>
      {content}
      <table className={tableStyles.table}>
        <thead>
          <tr>
            <th scope="col">Event</th>
            <th scope="col">State</th>
            <th scope="col" className={tableStyles.wide}>
              When
            </th>
            <th scope="col" className={`right ${tableStyles.wide}`}>
              Duration
            </th>
            <th scope="col" className={tableStyles.actions}>
              <span className="visuallyHidden">Actions</span>
            </th>
          </tr>
        </thead>
        <PagedRows query={DeliveriesDocument} variables={{ id: webhookId }} pageOf={pageOf} columns={columns} poll={poll} version={version}>
          {(delivery) => <DeliveryRows key={delivery.id} delivery={delivery} />}
        </PagedRows>
      </table>
    </div>
  );
}

function DeliveryRows({ delivery }: { readonly delivery: DeliveryEntryFragment }) {
  const { id, messageId, kind, state, body, createdAt, nextAttemptAt, attempts, status, durationMs, excerpt, failure } = delivery;
  const [open, setOpen] = useState(false);
  const [{ fetching }, replay] = useMutation(ReplayDeliveryDocument);
  const again = async () => {
    const { data, error } = await replay({ input: { deliveryId: id } });
    const problem = mutationProblem(data?.replayDelivery, error);
    if (problem !== null) toast.error(problem);
  };
  const event = eventOf(kind);
  return (
    <Fragment>
      <tr>
        <td>{event}</td>
        <td>
          {states[state]}
          {status == null ? "" : <span className="n12"> {status}</span>}
          {attempts > 1 ? <span className="t12 muted"> after {attempts} attempts</span> : null}
        </td>
        <td className={`t12 nowrap ${tableStyles.wide}`}>
          <RelativeTime time={createdAt} />
        </td>
        <td className={`right n12 ${tableStyles.wide}`}>{durationMs == null ? "" : `${durationMs} ms`}</td>
        <td className={tableStyles.actions}>
          <button type="button" className={tableStyles.action} aria-expanded={open} onClick={() => setOpen(!open)}>
            Details<span className="visuallyHidden"> of {event}</span>
          </button>
          {state === "WAITING" ? null : (
            <button type="button" className={tableStyles.action} disabled={fetching} onClick={() => void again()}>
              Send again<span className="visuallyHidden">: {event}</span>
            </button>
          )}
        </td>
      </tr>
      {open ? (
        <tr>
          <td colSpan={columns}>
            <div className={styles.details}>
              <p className="t12 muted">
                webhook-id <span className="n12">{messageId}</span>
                {nextAttemptAt == null ? "" : `, next attempt at ${new Date(nextAttemptAt).toLocaleString("en-GB")}`}
              </p>
              {failure == null ? null : <p>{failure}</p>}
              {body == null ? null : <pre className={styles.code}>{body}</pre>}
              {excerpt == null || excerpt === "" ? null : (
                <>
                  <p className="t12 muted">Response</p>
                  <pre className={styles.code}>{excerpt}</pre>
                </>
              )}
            </div>
          </td>
        </tr>
      ) : null}
    </Fragment>
  );
}
