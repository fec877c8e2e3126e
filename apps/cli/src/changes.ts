/** How commands change objects of the API: one after the other, or many runs or experiments in one request. */
import { successOf } from "@pareidolia/client/errors";
import type { Context } from "./context.ts";
import { CliError } from "./failure.ts";

/** Sends a mutation of `mutationText`. @throws PareidoliaError */
export async function change<Success extends object>({ client, terminal }: Context, document: string, input: object): Promise<Success> {
  type Answer = { readonly result: { readonly __typename: string } & Success };
  const { result } = await client.mutate<Answer>(document, { input }, { signal: terminal.signal });
  return successOf(result) as Success;
}

/** Changes each in turn. After a failure, what has changed until then is still printed. */
export async function changeEach<Row>(
  context: Context,
  references: readonly string[],
  apply: (reference: string) => Promise<Row>,
  say: (row: Row) => string,
): Promise<void> {
  const changed: Row[] = [];
  try {
    for (const reference of references) changed.push(await apply(reference));
  } finally {
    if (changed.length > 0) await context.print({ json: changed, text: () => changed.map((row) => `${say(row)}\n`).join("") });
  }
}

/** What a change of many did with one of them. */
export interface ChangedItem {
  readonly reference: string;
  /** Why it was left out; null if it was changed. */
  readonly skipped: string | null;
  readonly message: string | null;
}

/** Prints what happened to each. @throws CliError if one was left out, unless it needed no change. */
export async function printItems(context: Context, items: readonly ChangedItem[], said: string): Promise<void> {
  await context.print({
    json: items,
    text: () =>
      items.map(({ reference, skipped, message }) => `${reference} ${skipped === null ? said : `is unchanged: ${message}`}\n`).join(""),
  });
  const left = items.filter(({ skipped }) => skipped !== null && skipped !== "UNCHANGED");
  const [first] = left;
  if (first === undefined) return;
  throw new CliError(first.skipped === "NOT_FOUND" ? "notFound" : "conflict", `${left.length} of ${items.length} could not be changed.`);
}
