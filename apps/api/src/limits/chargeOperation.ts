/** Charges an operation's cost to its sender before it is executed, and reports the balance in the response. */
import { GraphQLError } from "graphql";
import type { ApiContext } from "../context.ts";
import type { Balance, Charge, CostBuckets } from "./costBuckets.ts";
import { adviceOf, type Measured } from "./measureOperation.ts";

const secondsOf = ({ resetAt }: Balance): number => Math.max(0, Math.ceil((resetAt.getTime() - Date.now()) / 1000));

const secondsToWait = (cost: number, { remaining, drainPerSecond }: Balance): number =>
  Math.max(1, Math.ceil((cost - remaining) / drainPerSecond));

function rateLimited(measured: Measured, balance: Balance): GraphQLError {
  const { cost } = measured;
  const { limit, remaining, drainPerSecond } = balance;
  const retryAfter = secondsToWait(cost, balance);
  const costliest = remaining > 0 ? measured.costliest(remaining) : null;
  const now = costliest?.first == null ? "" : ` Or request less now: ${adviceOf(measured, remaining)}`;
  return new GraphQLError(
    `This operation costs ${cost}, and ${remaining} of ${limit} are left. Try again in ${retryAfter} s: the bucket drains by ${drainPerSecond} per second.${now}`,
    {
      extensions: {
        code: "RATE_LIMITED",
        details: { cost, remaining, limit, retryAfter, costliest },
        http: { status: 429 },
      },
    },
  );
}

/** @throws GraphQLError RATE_LIMITED naming the seconds to wait, and a `first` that fits. */
export async function chargeOperation(measured: Measured, context: ApiContext, buckets: CostBuckets | null): Promise<void> {
  const balance = buckets === null ? null : await buckets.charge(context.actor, measured.cost);
  context.charge = { cost: measured.cost, balance };
  if (balance?.accepted === false) throw rateLimited(measured, balance);
}

/**
 * Adds the values that lists without arguments had beyond their usual length, once the operation has run: their length is not known before.
 */
export function settleCharge(context: ApiContext, buckets: CostBuckets | null): void {
  const { charge, meter, actor } = context;
  if (charge === null || meter.cost <= charge.cost) return;
  const extra = meter.cost - charge.cost;
  const { balance } = charge;
  buckets?.addSpent(actor, extra);
  context.charge = {
    cost: meter.cost,
    balance: balance === null ? null : { ...balance, remaining: Math.max(0, balance.remaining - extra) },
  };
}

/** For `extensions.cost` of a response. */
export function describeCharge({ cost, balance }: Charge): object {
  if (balance === null) return { cost };
  const { limit, remaining, drainPerSecond, resetAt } = balance;
  return { cost, limit, remaining, drainPerSecond, resetAt: resetAt.toISOString() };
}

/** As in the draft "RateLimit header fields for HTTP" of the IETF; the reset is in seconds from now. */
export function headersOfCharge({ cost, balance }: Charge): readonly (readonly [name: string, value: string])[] {
  if (balance === null) return [];
  return [
    ["ratelimit-limit", String(balance.limit)],
    ["ratelimit-remaining", String(balance.remaining)],
    ["ratelimit-reset", String(secondsOf(balance))],
    ...(balance.accepted ? [] : [["retry-after", String(secondsToWait(cost, balance))] as const]),
  ];
}
