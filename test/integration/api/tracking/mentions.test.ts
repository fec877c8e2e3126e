/** Where comments and notes mention a run or an experiment: by key and by address, of this workspace only, and read by members only. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTrackingApi, type TrackingApi } from "../../../support/trackingApi.ts";

let api: TrackingApi;
beforeAll(async () => {
  api = await startTrackingApi(6);
});
afterAll(() => api.close());

const comment = async (subjectId: string, body: string): Promise<string> =>
  (await api.mutate("ada", "addComment", { subjectId, body })).comment.id;

async function mentionsOf(key: string, page = "first: 50") {
  const type = key.startsWith("RUN") ? "Run" : "Experiment";
  const fields = "totalCount pageInfo { endCursor } nodes { excerpt run { key } experiment { key } comment { id body } }";
  const { node } = await api.read("ada", `{ node(id: "${key}") { ... on ${type} { mentions(${page}) { ${fields} } } } }`);
  return node.mentions;
}

describe("mentions of a run", () => {
  it("are the comments and notes elsewhere in which its key stands, newest first", async () => {
    await comment("RUN-1", "RUN-1 of this page itself");
    await api.mutate("ada", "updateRun", {
      runId: "RUN-2",
      notes: `${"Long ".repeat(60)}like RUN-1, but with Adam. ${"Long ".repeat(60)}`,
    });
    await api.mutate("ada", "updateExperiment", { experimentId: "EXP-2", notes: "See (RUN-1)." });
    const latest = await comment("RUN-3", "Compare http://lab.example/runs/RUN-1?tab=images");
    for (const other of ["RUN-11 and XRUN-1", "RUN-1-b", "data/RUN-1", "/w/someone-elses/runs/RUN-1"]) await comment("RUN-3", other);
    const { totalCount, nodes } = await mentionsOf("RUN-1");
    expect(totalCount).toBe(3);
    expect(nodes[0]).toMatchObject({ run: { key: "RUN-3" }, experiment: null, comment: { id: latest } });
    const places = nodes.map((mention: { run: { key: string } | null; experiment: { key: string } | null }) => {
      return mention.run?.key ?? mention.experiment?.key;
    });
    expect(places.toSorted()).toEqual(["EXP-2", "RUN-2", "RUN-3"]);
    const notes = nodes.find(({ run }: { run: { key: string } | null }) => run?.key === "RUN-2");
    expect(notes.comment).toBeNull();
    expect(notes.excerpt).toMatch(/^…[^]*like RUN-1, but with Adam\.[^]*…$/u);
    expect(notes.excerpt).toHaveLength(200);
  });

  it("come in pages without gaps", async () => {
    const { nodes } = await mentionsOf("RUN-1");
    const first = await mentionsOf("RUN-1", "first: 2");
    const rest = await mentionsOf("RUN-1", `first: 2, after: "${first.pageInfo.endCursor}"`);
    expect([...first.nodes, ...rest.nodes]).toEqual(nodes);
  });

  it("end with the comment, and with the run in the trash", async () => {
    const id = await comment("RUN-4", "RUN-5 is better");
    await comment("RUN-6", "As RUN-5");
    expect((await mentionsOf("RUN-5")).totalCount).toBe(2);
    await api.mutate("ada", "deleteComment", { commentId: id });
    expect((await mentionsOf("RUN-5")).totalCount).toBe(1);
    await api.mutate("ada", "trashRuns", { runIds: ["RUN-6"] });
    expect((await mentionsOf("RUN-5")).totalCount).toBe(0);
  });

  it("are those of its workspace", async () => {
    const { viewer } = await api.read("ada", "{ viewer { workspace { slug } } }");
    await comment("RUN-4", `Copied from /w/${viewer.workspace.slug}/runs/RUN-3`);
    expect((await mentionsOf("RUN-3")).totalCount).toBe(1);
    const id = await api.idOf("RUN-3");
    expect((await api.read("stranger", `{ node(id: "${id}") { ... on Run { mentions { totalCount } } } }`)).node).toBeNull();
  });
});
