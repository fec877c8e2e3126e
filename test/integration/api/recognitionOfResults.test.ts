/** What people say about trajectories and perturbations: as for elites, with the trajectory's class and the perturbed image's label. */
import { randomUUID } from "node:crypto";
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import type { MemberActor, Role } from "@pareidolia/core/actor";
import { openQueue, type Queue } from "@pareidolia/jobs/queue";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { StudyComputer } from "@pareidolia/workers/studies/studyComputer";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AskedImage, castBallot, computeResults, openStudyOf } from "../../support/askedImages.ts";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";
import { seedAscent, seedPerturbation } from "../../support/queuedRuns.ts";

interface Result extends AskedImage {
  readonly id: string;
}

let api: MutationApi;
let queue: Queue;
let computer: StudyComputer;

const member = (userId: string, role: Role): MemberActor => ({ userId, workspaceId: localWorkspaceId, role });
const [rita, viv] = [member("rita", "RESEARCHER"), member("viv", "VIEWER")];

/** Results with different images, since the same bytes with the same label share their votes. */
const distinct = (results: readonly Result[]): Result[] => [...new Map(results.map((result) => [result.sha256, result])).values()];

const kinds = {
  Trajectory: {
    list: "trajectories",
    run: () => seedAscent(api.database, { classes: [0, 1, 3], starts: 1 }),
    find: async (runId: string): Promise<Result[]> =>
      distinct(
        (await api.database.connection.trajectory.findMany({ where: { runId }, orderBy: { class: "asc" } })).map((row) => ({
          id: row.id,
          label: row.class,
          sha256: row.imageSha256,
        })),
      ),
  },
  Perturbation: {
    list: "perturbations",
    run: async () => {
      const { sha256 } = await api.database.connection.image.findFirstOrThrow({ orderBy: { sha256: "asc" } });
      return seedPerturbation(api.database, { sourceSha256: sha256, bounds: [4, 60, 250] });
    },
    find: async (runId: string): Promise<Result[]> =>
      distinct(
        (await api.database.connection.perturbation.findMany({ where: { runId }, orderBy: { index: "asc" } })).map((row) => ({
          id: row.id,
          label: row.storedClass,
          sha256: row.imageSha256,
        })),
      ),
  },
} as const;

beforeAll(async () => {
  api = await startMutationApi();
  queue = await openQueue({ url: api.databaseUrl });
  computer = new StudyComputer();
  const { connection } = api.database;
  for (const { userId, role } of [rita, viv]) {
    await connection.user.create({ data: { id: userId, name: userId, email: `${userId}@lab.example` } });
    await connection.membership.create({ data: { id: randomUUID(), userId, workspaceId: localWorkspaceId, role } });
  }
});
afterAll(async () => {
  await computer.close();
  await queue.close();
  await api.close();
});

async function read(query: string, actor?: MemberActor) {
  const { body } = await api.query(query, {}, actor);
  expect(body.errors, query).toBeUndefined();
  return body.data;
}

describe.each(["Trajectory", "Perturbation"] as const)("what people say about a %s", (type) => {
  const { list, run, find } = kinds[type];
  let runId: string;
  let first: Result;
  let second: Result;
  let third: Result;

  const recognitionOf = async ({ id }: Result, actor?: MemberActor) =>
    (
      await read(
        `{ node(id: "${encodeGlobalId(type, id)}") { ... on ${type} { recognition { studyCount named { votes agreeing share low high } recognised { votes share } withheld { reason } } } } }`,
        actor,
      )
    ).node.recognition;
  const listed = (args: string, actor?: MemberActor) => {
    const ofRun = `runId: "${encodeGlobalId("Run", runId)}"`;
    const given = args.includes("filter: {") ? args.replace("filter: {", `filter: { ${ofRun},`) : `filter: { ${ofRun} }, ${args}`;
    return api.query(`{ ${list}(first: 20, ${given}) { totalCount nodes { id } pageInfo { endCursor } } }`, {}, actor);
  };
  const idsOf = async (args: string, actor?: MemberActor): Promise<string[]> => {
    const { body } = await listed(args, actor);
    expect(body.errors, args).toBeUndefined();
    expect(body.data[list].totalCount, args).toBe(body.data[list].nodes.length);
    return body.data[list].nodes.map(({ id }: { id: string }) => id);
  };
  const globalIds = (...results: Result[]) => results.map(({ id }) => encodeGlobalId(type, id));

  beforeAll(async () => {
    runId = await run();
    await carryOutRun({ runId }, api.context());
    [first, second, third] = (await find(runId)) as [Result, Result, Result];
    if (third === undefined) throw new Error("The run has fewer than three results.");
    const study = await openStudyOf(api, [first, second]);
    for (const answers of [
      [true, false],
      [true, false],
      [false, "skip"],
    ] as const)
      await castBallot(api, study, { answers });
    await computeResults(api, study.study.id, { queue, computer });
  });

  it("pools the votes with its label", async () => {
    expect(await recognitionOf(first)).toMatchObject({
      studyCount: 1,
      named: { votes: 3, agreeing: 2, share: 2 / 3 },
      recognised: { votes: 3, share: 0.5 },
      withheld: null,
    });
    expect(await recognitionOf(second)).toMatchObject({ named: { votes: 2, agreeing: 0 }, recognised: { votes: 2, share: 0 } });
    expect(await recognitionOf(third)).toEqual({ studyCount: 0, named: null, recognised: null, withheld: null });
    const { node } = await read(
      `{ node(id: "${encodeGlobalId("Run", runId)}") { ... on Run { recognition { askedCount imageCount voteCount meanShare } } } }`,
    );
    // Among three choices, 2 of 3 votes are half recognised; no vote of 2 is half below chance.
    expect(node.recognition).toEqual({ askedCount: 2, imageCount: 2, voteCount: 5, meanShare: expect.closeTo(0, 12) });
  });

  it("orders and filters lists", async () => {
    expect(await idsOf("orderBy: { field: PEOPLE_SHARE, direction: DESC }")).toEqual(globalIds(first, second));
    expect(await idsOf("orderBy: { field: PEOPLE_SHARE, direction: ASC }")).toEqual(globalIds(second, first));
    expect(await idsOf("orderBy: { field: PEOPLE_VOTES, direction: ASC }")).toEqual(globalIds(second, first));
    expect(await idsOf("filter: { people: { minimumShare: 0.4 } }")).toEqual(globalIds(first));
    expect(await idsOf("filter: { people: { maximumShare: 0.4 } }")).toEqual(globalIds(second));
    expect(await idsOf("filter: { people: { minimumVotes: 3 } }, orderBy: { field: CREATED_AT, direction: ASC }")).toEqual(
      globalIds(first),
    );
    expect(new Set(await idsOf("filter: { people: { asked: true } }"))).toEqual(new Set(globalIds(first, second)));
    expect(await idsOf("filter: { people: { asked: false } }")).toEqual(expect.arrayContaining(globalIds(third)));
    expect(await idsOf("filter: { people: { asked: false } }")).not.toEqual(expect.arrayContaining(globalIds(first)));
    const { body } = await listed("filter: { people: { minimumShare: 2 } }");
    expect(body.errors[0].message).toBe("A share must be from 0 to 1.");
  });

  it("continues a list in that order from its cursor", async () => {
    const order = `filter: { runId: "${encodeGlobalId("Run", runId)}" }, orderBy: { field: PEOPLE_SHARE, direction: DESC }`;
    const page = async (args: string) =>
      (await read(`{ ${list}(${args}, ${order}) { nodes { id } pageInfo { startCursor endCursor } } }`))[list];
    const one = await page("first: 1");
    const two = await page(`first: 1, after: "${one.pageInfo.endCursor}"`);
    expect([...one.nodes, ...two.nodes].map(({ id }) => id)).toEqual(globalIds(first, second));
    expect((await page(`last: 1, before: "${two.pageInfo.startCursor}"`)).nodes).toEqual(one.nodes);
  });

  it("is withheld from viewers, and from a researcher who votes on it, in fields and lists", async () => {
    expect(await recognitionOf(first, viv)).toBeNull();
    for (const args of ["filter: { people: { asked: true } }", "orderBy: { field: PEOPLE_VOTES, direction: DESC }"])
      expect((await listed(args, viv)).body.errors[0].extensions.code).toBe("FORBIDDEN");
    const study = await openStudyOf(api, [first]);
    const voter = await castBallot(api, study, { userId: "rita", answers: [true] });
    await api.database.connection.studyVoter.update({ where: { id: voter }, data: { finishedAt: null } });
    expect(await recognitionOf(first, rita)).toEqual({ studyCount: 2, named: null, recognised: null, withheld: { reason: "VOTING" } });
    expect(await idsOf("orderBy: { field: PEOPLE_SHARE, direction: DESC }", rita)).toEqual(globalIds(second));
    expect(await idsOf("filter: { people: { asked: true } }", rita)).toEqual(globalIds(second));
    await api.database.connection.studyVoter.update({ where: { id: voter }, data: { finishedAt: new Date() } });
    expect(await idsOf("orderBy: { field: PEOPLE_SHARE, direction: DESC }", rita)).toEqual(globalIds(first, second));
  });
});
