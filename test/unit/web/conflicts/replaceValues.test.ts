/** A page's write of a value that a colleague has changed: both are shown, and the person chooses. */
import type { Client } from "urql";
import { describe, expect, it } from "vitest";
import { conflictsOf } from "../../../../apps/web/src/features/conflicts/openConflict.ts";
import { type ReplacementOutcome, replaceValues } from "../../../../apps/web/src/features/conflicts/useReplacement.ts";

/** An object that a colleague changes beneath the page. */
function createStored<Values extends object>(stored: Values) {
  const client = {} as Client;
  const sent: object[] = [];
  let values = stored;
  const send = async (input: object) => {
    sent.push(input);
    const given = input as Record<string, unknown>;
    const field = Object.keys(values).find((name) => {
      const previous = given[`previous${name[0]?.toUpperCase()}${name.slice(1)}`];
      const now = (values as Record<string, unknown>)[name];
      return previous !== undefined && previous !== now && given[name] !== now;
    });
    if (field !== undefined) {
      const value = (values as Record<string, unknown>)[field];
      const present = { field, value, changedByName: "Grace", changedAt: "2026-12-02T12:00:00.000Z" };
      return { answer: { __typename: "ConflictError", message: "The value has changed.", present }, error: undefined };
    }
    values = Object.fromEntries(Object.keys(values).map((name) => [name, given[name]])) as Values;
    return { answer: { __typename: "Success" }, error: undefined };
  };
  return {
    client,
    sent,
    send,
    now: () => values,
    /** What a colleague does. */
    change(next: Partial<Values>) {
      values = { ...values, ...next };
    },
  };
}

const labels = { name: "name" };

/** Waits for the question, and answers it. */
async function answer(client: Client, replaces: boolean, meanwhile = () => {}): Promise<{ what: string; present: string; wanted: string }> {
  await expect.poll(() => conflictsOf(client).first()).not.toBeNull();
  const open = conflictsOf(client).first();
  if (open === null) throw new Error("There is no question.");
  meanwhile();
  open.choose(replaces);
  return open;
}

describe("replacing a value", () => {
  const start = (stored: { name: string }, name: string, previous: string) => {
    const object = createStored(stored);
    const rename = (): Promise<ReplacementOutcome<{ name: string }>> =>
      replaceValues(object.client, { subject: "RUN-1", values: { name }, previous: { name: previous }, labels, send: object.send });
    return { object, rename };
  };

  it("sends the value that the person has seen, and says which one it replaced", async () => {
    const { object, rename } = start({ name: "Old" }, "Mine", "Old");
    expect(await rename()).toEqual({ kind: "saved", replaced: { name: "Old" } });
    expect(object.sent).toEqual([{ name: "Mine", previousName: "Old" }]);
    expect(conflictsOf(object.client).first()).toBeNull();
  });

  it("shows both values of a conflict, and keeps the stored one on request", async () => {
    const { object, rename } = start({ name: "Of Grace" }, "Mine", "Old");
    const outcome = rename();
    expect(await answer(object.client, false)).toMatchObject({
      what: "The name of RUN-1",
      present: "Of Grace",
      wanted: "Mine",
      changedByName: "Grace",
    });
    expect(await outcome).toEqual({ kind: "kept" });
    expect(object.now()).toEqual({ name: "Of Grace" });
    expect(conflictsOf(object.client).first()).toBeNull();
  });

  it("replaces the stored value on request, and asks again if it has changed once more", async () => {
    const { object, rename } = start({ name: "Of Grace" }, "Mine", "Old");
    const outcome = rename();
    await answer(object.client, true, () => object.change({ name: "Of Grace, again" }));
    expect(await answer(object.client, true)).toMatchObject({ present: "Of Grace, again" });
    expect(await outcome).toEqual({ kind: "saved", replaced: { name: "Of Grace, again" } });
    expect(object.now()).toEqual({ name: "Mine" });
  });

  it("saves the other fields of a form when one of a colleague is kept", async () => {
    const object = createStored({ name: "Of Grace", url: "https://old.example" });
    const outcome = replaceValues(object.client, {
      subject: "Hook",
      values: { name: "Mine", url: "https://mine.example" },
      previous: { name: "Old", url: "https://old.example" },
      labels: { name: "name", url: "address" },
      send: object.send,
    });
    await answer(object.client, false);
    expect(await outcome).toMatchObject({ kind: "saved" });
    expect(object.now()).toEqual({ name: "Of Grace", url: "https://mine.example" });
  });

  it("reports every other refusal", async () => {
    const { client } = createStored({});
    const refused = { answer: { __typename: "ForbiddenError", message: "No." }, error: undefined };
    const outcome = await replaceValues(client, {
      subject: "RUN-1",
      values: { name: "a" },
      previous: { name: "b" },
      labels,
      send: async () => refused,
    });
    expect(outcome).toEqual({ kind: "failed", problem: "No." });
  });
});
