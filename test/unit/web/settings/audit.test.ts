/** The audit log reads as sentences: who, what, to what, and the change. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { writeAction } from "../../../../apps/web/src/features/audit/actionText.ts";
import { listChanges, summariseChange } from "../../../../apps/web/src/features/audit/changes.ts";

const phrases = readFileSync(path.resolve(import.meta.dirname, "../../../../apps/api/src/policy/actionPhrases.ts"), "utf8");
const actions = [...phrases.matchAll(/"(\w+:\w+)":/g)].map(([, action]) => action as string);

describe("an action", () => {
  it.each([
    ["member:changeRole", "changed the role of the member"],
    ["experiment:create", "created the experiment"],
    ["run:cancel", "cancelled the run"],
    ["apiKey:revoke", "revoked the API key"],
    ["invitation:create", "invited"],
    ["trash:move", "moved to the trash"],
  ])("%s is “%s”", (action, text) => {
    expect(writeAction(action)).toBe(text);
  });

  it("is never written as the log's own name", () => {
    expect(actions.length).toBeGreaterThan(80);
    for (const action of actions) expect(writeAction(action), action).toMatch(/^[a-z]+(?: (?:[a-z-]+|API|GraphiQL))*$/);
  });
});

describe("values", () => {
  const id = "0d5c1f6e-41a7-4a0e-9d6c-3a1d3c9f1b22";

  it("of an object are in words, not JSON", () => {
    expect(listChanges(null, { place: { column: "median", isShown: true }, moves: [{ from: "EXP-1" }] })).toEqual([
      { name: "place", before: null, after: "column: median; is shown: yes" },
      { name: "moves", before: null, after: "from: EXP-1" },
    ]);
  });

  it("that only programs can read are not in the row", () => {
    const hash = "9f".repeat(32);
    expect(summariseChange(null, { rule: `rule_${id}`, modelId: id, sha256: hash, generations: 7 }, "RUN-1")).toEqual({
      from: null,
      to: "7",
    });
    expect(summariseChange({ runId: id }, { runId: "" }, "RUN-1")).toEqual({ from: null, to: "none" });
  });
});
