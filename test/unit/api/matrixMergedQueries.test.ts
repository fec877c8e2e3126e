/** The merged queries of the matrix: each gets only its own part, and whatever could hide or invent a refusal is sent again alone. */
import { expect, it } from "vitest";
import { MergedQueries, type Sent } from "../../matrix/mergedQueries.ts";
import type { Person } from "../../matrix/people.ts";

const sender: Person = {
  name: "owner",
  role: "OWNER",
  scopes: null,
  home: "local",
  userId: "user",
  headers: {},
  keyId: null,
  apiKeyId: null,
};
const ofRun = "query ($id: ID!) { run(id: $id) { id } }";
const whole: Sent = { status: 200, data: {}, errors: undefined, shown: [] };

/** What three queries get, and the documents sent, if `answer` answers them together. Alone, each gets its own id. */
async function askThree(answer: Partial<Sent>, person = sender) {
  const documents: string[] = [];
  const queries = new MergedQueries(async (_, query, variables) => {
    documents.push(query);
    if (query.includes("q0_")) return { ...whole, ...answer };
    return { ...whole, data: { run: { id: `${(variables as { id: string }).id} alone` } } };
  });
  const answers = await Promise.all(["a", "b", "c"].map((id) => queries.ask(person, ofRun, { id })));
  return { ids: answers.map(({ data }) => (data?.["run"] as { readonly id: string } | null | undefined)?.id), documents };
}

const together = { q0_run: { id: "a" }, q1_run: null, q2_run: { id: "c" } };

it("gives each query its own part of one document", async () => {
  const { ids, documents } = await askThree({ data: together });
  expect(ids).toEqual(["a", undefined, "c"]);
  expect(documents).toHaveLength(1);
  for (const part of ["$q0_id: ID!", "$q2_id: ID!", "q1_run: run(id: $q1_id)"]) expect(documents[0]).toContain(part);
});

it.each([
  ["only the query with an error", { data: together, errors: [{ message: "No.", path: ["q1_run", "id"] }] }, ["a", "b alone", "c"]],
  ["all if there is no data", { data: null, errors: [{ message: "No.", path: ["q0_run"] }] }, ["a alone", "b alone", "c alone"]],
  ["all if an error names no field", { data: together, errors: [{ message: "No." }] }, ["a alone", "b alone", "c alone"]],
  ["all after another status", { status: 403, data: together }, ["a alone", "b alone", "c alone"]],
  ["all if a secret is shown", { data: together, shown: ["share link"] }, ["a alone", "b alone", "c alone"]],
] as const)("asks %s alone", async (_, answer, expected) => {
  expect((await askThree(answer)).ids).toEqual(expected);
});

it("asks alone for a sender who is expected to be refused", async () => {
  const { ids, documents } = await askThree({}, { ...sender, sendsAlone: true });
  expect(ids).toEqual(["a alone", "b alone", "c alone"]);
  expect(documents).toEqual([ofRun, ofRun, ofRun]);
});
