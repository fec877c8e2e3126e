/** Studies are compared by the images that they share, for researchers who may inspect every one of them. */
import { openQueue } from "@pareidolia/jobs/queue";
import { studyComparisonShape } from "@pareidolia/perception/study/compareStudies";
import { parseResult } from "@pareidolia/perception/study/studyResults";
import { findStudyResults } from "@pareidolia/persistence/studies/studies/studyResults";
import { seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { StudyComputer } from "@pareidolia/workers/studies/studyComputer";
import { computeStudyResults } from "@pareidolia/workers/tasks/computeStudyResults.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStranger, localOwner, stranger } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { type OpenedStudy, writeOpenedStudy } from "../../support/openedStudy.ts";
import { type ShownImage, writeVotedStudy } from "../../support/votedStudy.ts";
import { authenticateWithAddress } from "../../support/voterClient.ts";

let api: TestApi;
let first: OpenedStudy;
let second: OpenedStudy;
let unvoted: OpenedStudy;

const images = (from: number): ShownImage[] =>
  Array.from({ length: 10 }, (_, index) => ({
    sha256: `image ${from + index}`,
    label: (from + index) % 10,
    confidence: 0.9 + index / 200,
    source: index % 2 === 0 ? "cppn" : "direct",
    recognised: ((from + index) % 10) / 10,
  }));

async function compute(studyId: string): Promise<void> {
  const computer = new StudyComputer();
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const queue = await openQueue({ url: api.databaseUrl });
  await computeStudyResults(
    { studyId },
    { database: api.database, queue, computer, stop: new AbortController().signal, log: log as never },
  );
  await queue.close();
  await computer.close();
}

beforeAll(async () => {
  api = await startTestApi({ authenticate: authenticateWithAddress });
  await seedLocalOwner(api.database.connection);
  await createStranger(api.database);
  // The second study has six images of the first.
  first = await writeVotedStudy(api, { images: images(0), voters: 14, title: "First" });
  second = await writeVotedStudy(api, { images: images(4), voters: 12, title: "Second" });
  unvoted = await writeOpenedStudy(api);
  for (const { study } of [first, second]) await compute(study.id);
});
afterAll(() => api.close());

const document = `query($ids: [ID!]!) { studyComparison(studyIds: $ids) { comparison studies { key title } } }`;
const compare = async (ids: readonly string[], actor = localOwner) => (await api.query(document, { ids }, actor)).body;
const problemOf = async (ids: readonly string[], actor = localOwner) => {
  const [error] = (await compare(ids, actor)).errors ?? [];
  return { code: error?.extensions?.code as unknown, message: error?.message as unknown };
};

describe("the comparison of studies", () => {
  it("pairs the images that both have, on both sides", async () => {
    const { studies, comparison } = (await compare([first.key, second.key.toLowerCase()])).data.studyComparison;
    expect(studies).toEqual([
      { key: first.key, title: "First" },
      { key: second.key, title: "Second" },
    ]);
    const read = studyComparisonShape(comparison, "comparison");
    const shares = await Promise.all(
      [first, second].map(async ({ study, plan }) => {
        const [stored] = await findStudyResults(api.database.connection, { studyId: study.id, kinds: ["plane"] });
        const of = parseResult("plane", stored?.result).everyone.phases[0]?.shares;
        if (!of?.defined) throw new Error("no votes");
        return new Map(
          plan.rules.design.stimuli.map(({ image }, index) => [image, (of.agreeing[index] as number) / (of.votes[index] as number)]),
        );
      }),
    );
    const differences = [...(shares[0] as Map<string, number>)].flatMap(([image, share]) => {
      const other = shares[1]?.get(image);
      return other === undefined ? [] : [share - other];
    });
    expect(differences).toHaveLength(6);
    const mean = differences.reduce((sum, value) => sum + value, 0) / 6;
    expect(read.everyone.pairs).toMatchObject([
      {
        first: 0,
        second: 1,
        shared: 6,
        images: 6,
        difference: { defined: true, difference: { estimate: expect.closeTo(mean, 12), n: 6 } },
      },
    ]);
    expect(read.planned.pairs[0]?.correlation).toMatchObject({
      defined: false,
      reason: expect.stringContaining("10"),
      estimate: expect.any(Number),
    });
  });

  it("gives the reason where a study has no votes or no image of the other", async () => {
    const { comparison } = (await compare([first.key, unvoted.key])).data.studyComparison;
    expect(comparison.planned.pairs).toMatchObject([
      { shared: 0, images: 0, difference: { defined: false, reason: "The studies have no image in common." } },
    ]);
  });

  it("refuses too few, too many, equal and unknown studies, and drafts, naming them", async () => {
    expect(await problemOf([first.key])).toMatchObject({ code: "INVALID_INPUT", message: "Choose from 2 to 8 studies to compare." });
    const nine = Array.from({ length: 9 }, (_, index) => `STU-${index + 1}`);
    expect(await problemOf(nine)).toMatchObject({ code: "INVALID_INPUT" });
    expect(await problemOf([first.key, first.key])).toMatchObject({ message: expect.stringContaining("named twice") });
    expect(await problemOf([first.key, "STU-4711"])).toMatchObject({ code: "NOT_FOUND", message: expect.stringContaining("STU-4711") });
    const created = await api.query(
      'mutation { createStudy(input: { title: "Draft" }) { ... on StudySuccess { study { key } } } }',
      {},
      localOwner,
    );
    const draft = created.body.data.createStudy.study.key as string;
    expect(await problemOf([first.key, draft])).toMatchObject({
      code: "CONFLICT",
      message: `${draft} cannot be compared. It is a draft, and has no plan or votes yet.`,
    });
  });

  it("is refused to other workspaces, to labellers, and to a researcher who is voting in one of the studies", async () => {
    expect(await problemOf([first.key, second.key], stranger)).toMatchObject({ code: "NOT_FOUND" });
    expect(await problemOf([first.key, second.key], { ...localOwner, role: "LABELLER" })).toMatchObject({ code: "FORBIDDEN" });
    const joined = await api.query(
      "mutation($input: JoinStudyInput!) { joinStudy(input: $input) { __typename } }",
      { input: { study: unvoted.key, language: "en", consentVersion: 1 } },
      localOwner,
    );
    expect(joined.body.data.joinStudy.__typename).toBe("JoinStudySuccess");
    expect(await problemOf([first.key, unvoted.key])).toEqual({
      code: "FORBIDDEN",
      message: `${unvoted.key} cannot be compared. You are voting in this study or in one of its norming rooms. Its labels and results open once you have finished.`,
    });
  });
});

it("lists the images of a study at some places", async () => {
  const read = async (indices: string) =>
    (
      await api.query(
        `{ node(id: "${first.key}") { ... on Study { images(indices: ${indices}) { totalCount nodes { index } } } } }`,
        {},
        localOwner,
      )
    ).body;
  expect((await read("[7, 2, 99]")).data.node.images).toEqual({ totalCount: 2, nodes: [{ index: 2 }, { index: 7 }] });
  const [error] = (await read(`[${Array.from({ length: 1001 }, (_, index) => index).join()}]`)).errors;
  expect(error.message).toContain("at most");
});
