/** Batches: each item succeeds or is refused by itself, and all successful items are stored in one transaction. */
import { AppError } from "@pareidolia/core/appError";
import { describeFailure, type ErrorPayload, type Payload } from "./errors/payload.ts";

export type Settled<T> = { readonly value: T } | { readonly refusal: ErrorPayload };

export const maxInBatch = 50;

/** @throws AppError INVALID_INPUT naming `field`. */
export function requireBatch(items: readonly unknown[], field: string): void {
  if (items.length >= 1 && items.length <= maxInBatch) return;
  throw new AppError("INVALID_INPUT", `Give 1 to ${maxInBatch} files.`, { field });
}

/** Refusals have a place in a payload; @throws all other errors, which end the batch. */
export async function settleAll<Item, T>(
  items: readonly Item[],
  act: (item: Item, index: number) => Promise<T>,
  { atOnce = 1 }: { readonly atOnce?: number } = {},
): Promise<Settled<T>[]> {
  const settled: Settled<T>[] = [];
  // The iterator is shared, so that each lane takes the next item.
  const waiting = items.entries();
  const settleNext = async (): Promise<void> => {
    for (const [index, item] of waiting)
      settled[index] = await act(item, index).then(
        (value) => ({ value }),
        (error: unknown) => ({ refusal: describeFailure(error) }),
      );
  };
  await Promise.all(Array.from({ length: atOnce }, settleNext));
  return settled;
}

/**
 * Acts on the items that have not been refused, all together; if that is refused, as for a quota, on each alone.
 * @throws AppError FORBIDDEN if the sender has lost access.
 */
export async function settleTogether<Item, T>(
  items: readonly Settled<Item>[],
  act: (items: readonly Item[]) => Promise<readonly T[]>,
): Promise<Settled<T>[]> {
  const accepted = items.flatMap((item) => ("value" in item ? [item.value] : []));
  const alone = async (item: Item): Promise<T> => (await act([item]))[0] as T;
  const together = async (): Promise<Settled<T>[]> => {
    if (accepted.length <= 1) return settleAll(accepted, alone);
    try {
      return (await act(accepted)).map((value) => ({ value }));
    } catch (error) {
      if (describeFailure(error).code === "FORBIDDEN") throw error;
      return settleAll(accepted, alone);
    }
  };
  const acted = (await together()).values();
  return items.map((item) => ("refusal" in item ? item : (acted.next().value as Settled<T>)));
}

/** The result of each item, in order. */
export function payloadsOf<T, Success>(
  settled: readonly Settled<T>[],
  successType: string,
  toSuccess: (value: T) => Success,
): Payload<Success>[] {
  return settled.map((item) => ("refusal" in item ? item.refusal : { __typename: successType, ...toSuccess(item.value) }));
}
