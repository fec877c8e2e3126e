/** A chosen channel is shown before the API answers, then as it answers, and taken back if it refuses it. */
import type { Client } from "urql";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createGraphqlClient } from "../../../../apps/web/src/graphql/client/createGraphqlClient.ts";
import { ChooseNotificationsDocument, NotificationSettingsDocument } from "../../../../apps/web/src/graphql/generated/graphql.ts";

const settings = (email: boolean, product = true) => ({
  __typename: "NotificationSettings",
  emailProblem: null,
  webhookProblem: null,
  choices: [
    { __typename: "NotificationChoice", kind: "RUN_SUCCEEDED", product, email, webhook: true },
    { __typename: "NotificationChoice", kind: "RUN_FAILED", product: true, email: true, webhook: true },
  ],
});

const expectShown = (expected: readonly object[]) => vi.waitFor(() => expect(shown).toMatchObject(expected));

let client: Client;
/** Answers the mutation that waits. */
let answer: ((data: object) => void) | null;
let shown: readonly object[];
let stop: () => void;

beforeEach(async () => {
  answer = null;
  shown = [];
  vi.stubGlobal("fetch", async (_url: string, { body }: { readonly body: string }) => {
    const { operationName } = JSON.parse(body) as { readonly operationName: string };
    const data =
      operationName === "NotificationSettings"
        ? { notificationSettings: settings(false) }
        : await new Promise<object>((resolve) => {
            answer = resolve;
          });
    return new Response(JSON.stringify({ data }), { headers: { "content-type": "application/json" } });
  });
  client = createGraphqlClient();
  stop = client.query(NotificationSettingsDocument, {}).subscribe(({ data }) => {
    shown = data?.notificationSettings.choices ?? [];
  }).unsubscribe;
  await expectShown([{ email: false }, { email: true }]);
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
});

async function choose(given: object): Promise<void> {
  const chosen = client.mutation(ChooseNotificationsDocument, { input: { kind: "RUN_SUCCEEDED", email: true } }).toPromise();
  await vi.waitFor(() =>
    expect(shown).toMatchObject([
      { kind: "RUN_SUCCEEDED", product: true, email: true },
      { kind: "RUN_FAILED", email: true },
    ]),
  );
  await vi.waitFor(() => expect(answer).not.toBeNull());
  answer?.({ chooseNotifications: given });
  await chosen;
}

it("follows the answer, which may have a choice of another window too", async () => {
  await choose({ __typename: "ChooseNotificationsSuccess", settings: settings(true, false) });
  await vi.waitFor(() =>
    expect(shown).toMatchObject([
      { product: false, email: true },
      { product: true, email: true },
    ]),
  );
});

it("is taken back if the API refuses it", async () => {
  await choose({ __typename: "ForbiddenError", message: "Your role does not allow it." });
  await vi.waitFor(() =>
    expect(shown).toMatchObject([
      { product: true, email: false },
      { product: true, email: true },
    ]),
  );
});
