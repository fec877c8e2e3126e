/**
 * Sends a delivery: signs the message and posts it. Its body is written once, before the first attempt. Fields are only ever added to
 * `data`.
 */
import { pathOfSubject } from "@pareidolia/core/notifications/notificationKinds";
import { workspaceAddress } from "@pareidolia/core/workspaceAddress";
import type { Connection, Database } from "@pareidolia/persistence/server/database/database";
import { type ClaimedDelivery, type DeliveryKind, recordOutcome, storeBody } from "@pareidolia/persistence/workspace/webhooks/deliveryWork";
import { openSecret } from "@pareidolia/persistence/workspace/webhooks/sealedSecret";
import { signWebhook } from "@pareidolia/persistence/workspace/webhooks/signWebhook";
import { type DeliverySubject, findNameOf, findSubjectOf } from "@pareidolia/persistence/workspace/webhooks/subjectOfDelivery";
import { type PostOptions, type PostResult, postGuarded } from "./postGuarded.ts";

export interface DeliveryContext extends Pick<PostOptions, "allowLoopback" | "resolve" | "timeoutMilliseconds"> {
  readonly database: Database;
  /** Opens the secrets of webhooks. */
  readonly secret: string;
  /** Address of the web application, for links; null if it is not known. */
  readonly publicUrl: URL | null;
}

const noAnswer = { errors: [{ message: "The API did not answer the query within a minute.", extensions: { code: "UNAVAILABLE" } }] };

function typeOf(kind: DeliveryKind, subject: DeliverySubject | null): string {
  const noun = (subject?.type ?? "object").toLowerCase();
  switch (kind) {
    case "RUN_SUCCEEDED":
    case "SWEEP_RUN_SUCCEEDED":
      return "run.succeeded";
    case "RUN_CANCELLED":
    case "SWEEP_RUN_CANCELLED":
      return "run.cancelled";
    case "RUN_FAILED":
      return "run.failed";
    case "RUN_PAUSED":
      return "run.paused";
    case "SWEEP_PAUSED":
      return "sweep.paused";
    case "SWEEP_ENDED":
      return "sweep.ended";
    case "STUDY_ENDED":
      return "study.ended";
    case "ASSIGNED":
      return `${noun}.assigned`;
    case "MENTIONED":
      return "comment.mentioned";
    case "COMMENTED":
      return "comment.created";
    case "WEBHOOK_DISABLED":
      return "webhook.disabled";
    case "TEST":
      return "webhook.test";
  }
}

async function writeBody(
  connection: Connection,
  { kind, facts, hasQuery, answer, workspaceSlug }: ClaimedDelivery,
  publicUrl: URL | null,
): Promise<string> {
  const subject = await findSubjectOf(connection, facts);
  const { detail = "", at } = facts;
  const described = subject && {
    ...subject,
    // The API's global ID.
    id: Buffer.from(`${subject.type}:${subject.id}`).toString("base64url"),
    url: publicUrl === null ? null : new URL(workspaceAddress(workspaceSlug, pathOfSubject(subject.key)), publicUrl).href,
  };
  return JSON.stringify({
    type: typeOf(kind, subject),
    timestamp: new Date(at ?? Date.now()).toISOString(),
    data: {
      subject: described,
      detail,
      by: await findNameOf(connection, facts.by),
      ...(hasQuery ? { query: answer === null ? noAnswer : JSON.parse(answer) } : {}),
    },
  });
}

async function attempt(delivery: ClaimedDelivery, context: DeliveryContext): Promise<PostResult> {
  const { id, webhookId, url, secret, previousSecret } = delivery;
  const { database, publicUrl } = context;
  let body = delivery.body;
  if (body === null) {
    body = await writeBody(database.connection, delivery, publicUrl);
    await storeBody(database.connection, id, body);
  }
  let secrets: string[];
  try {
    secrets = [secret, previousSecret].filter((sealed) => sealed !== null).map((sealed) => openSecret(context.secret, webhookId, sealed));
  } catch (error) {
    return { status: null, excerpt: "", failure: error instanceof Error ? error.message : String(error) };
  }
  const headers = signWebhook({ id, timestamp: Math.floor(Date.now() / 1000), body, secrets });
  return postGuarded(url, { ...context, headers, body });
}

/** Attempts a claimed delivery and records the outcome. */
export async function deliverWebhook(delivery: ClaimedDelivery, context: DeliveryContext): Promise<void> {
  const began = performance.now();
  const result = await attempt(delivery, context);
  const { id, webhookId, attempts } = delivery;
  await recordOutcome(context.database, { id, webhookId, attempts, ...result, durationMs: Math.round(performance.now() - began) });
}
