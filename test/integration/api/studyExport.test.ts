/** The trials of a study are exported for researchers, complete, and closed to those who are voting. */

import { readCsv } from "@pareidolia/archive/tables/readCsv";
import { textOfCell } from "@pareidolia/core/csv";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { credentialsOf, localOwner } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { type OpenedStudy, writeOpenedStudy } from "../../support/openedStudy.ts";
import { openRawSocket } from "../../support/rawSocket.ts";
import { studyDesign } from "../../support/studyDesigns.ts";
import { authenticateWithAddress, VoterClient } from "../../support/voterClient.ts";

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ authenticate: authenticateWithAddress });
  await seedLocalOwner(api.database.connection);
});
afterAll(() => api.close());

interface Row {
  readonly voter: string;
  readonly trial: number;
  readonly role: string;
  readonly image: string;
  readonly skipped: boolean;
  readonly agrees: boolean | null;
  readonly excluded: boolean;
  readonly excluded_by: readonly string[];
  readonly shown_ms: number | null;
  readonly timed_out: boolean;
}

const ownerHeaders = () => credentialsOf(localOwner);

async function exportRows(study: OpenedStudy): Promise<Row[]> {
  const response = await fetch(`${api.url}/studies/${study.key}/trials.jsonl`, { headers: ownerHeaders() });
  expect(response.status).toBe(200);
  return (await response.text())
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);
}

describe("the trials of a study", () => {
  it("are exported with every answer, skip and time, and not for voters who withdrew", async () => {
    const study = await writeOpenedStudy(api);
    const clients = [0, 1, 2].map(() => new VoterClient(api.url, { link: study.link }));
    for (const client of clients) await client.join();
    const [first, second, third] = clients as [VoterClient, VoterClient, VoterClient];
    await first.cast(0, { choice: 1 }, { timing: { shownMs: 66.7 } });
    await first.cast(1, { skipped: true });
    await second.voteOnAll(() => ({ choice: 0 }));
    await third.voteOnAll(() => ({ choice: 0 }));
    await third.send("withdrawVotes", {});
    const rows = await exportRows(study);
    const numbered = rows.map(({ voter, trial, skipped }) => [voter, trial, skipped]);
    expect(numbered).toEqual([["V-01", 1, false], ["V-01", 2, true], ...[1, 2, 3, 4, 5, 6].map((trial) => ["V-02", trial, false])]);
    expect(rows[0]).toMatchObject({ shown_ms: 66.7, role: "counted", excluded: false, excluded_by: [] });
    const hashes = new Set(study.images.map(({ imageSha256 }) => imageSha256));
    expect(rows.every(({ image }) => hashes.has(image))).toBe(true);
    const { tallies } = (await api.query(`{ node(id: "${study.key}") { ... on Study { tallies { tallies } } } }`, {}, localOwner)).body.data
      .node;
    const agreeing = tallies.tallies.reduce((sum: number, [, , agree]: [number, number, number]) => sum + agree, 0);
    expect(rows.filter(({ agrees }) => agrees).length).toBe(agreeing);
  });

  it("tell trials whose time ended from those that the voter skipped", async () => {
    const timing = resolveParameters(timingSpecs, { answerMs: 2500 });
    const phases = [{ protocol: resolveProtocol("alternatives", { alternatives: 2 }), timing }];
    const study = await writeOpenedStudy(api, { design: studyDesign(6, { phases }), perVoter: { gold: 0, noise: 0, canaries: 0 } });
    const client = new VoterClient(api.url, { link: study.link });
    await client.join();
    await client.cast(0, { choice: 1 });
    await client.cast(1, { skipped: true });
    await client.cast(2, { timedOut: true });
    const rows = await exportRows(study);
    expect(rows.map((row) => [row.skipped, row.timed_out])).toEqual([
      [false, false],
      [true, false],
      [true, true],
    ]);
  });

  it("have the same rows as CSV, and the export is in the audit log", async () => {
    const study = await writeOpenedStudy(api);
    const client = new VoterClient(api.url, { link: study.link });
    await client.join();
    await client.voteOnAll(() => ({ choice: 0 }));
    const response = await fetch(`${api.url}/studies/${study.key}/trials.csv`, { headers: ownerHeaders() });
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const lines = (await response.text()).trimEnd().split("\r\n");
    expect(lines).toHaveLength(7);
    expect(lines[0]?.startsWith("study,plan_hash,voter,")).toBe(true);
    expect(lines[1]?.startsWith(`${study.key},${study.study.planHash},V-01,`)).toBe(true);
    const entry = await api.database.connection.auditEntry.findFirstOrThrow({
      where: { action: "study:export", subjectId: study.study.id },
    });
    expect(JSON.parse(entry.text)).toMatchObject({ after: { format: "csv", voters: 1 } });
  });
});

async function csvRows(bytes: Uint8Array): Promise<(readonly string[])[]> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  const rows: (readonly string[])[] = [];
  for await (const row of readCsv(pieces(), "trials.csv")) rows.push(row);
  return rows;
}

describe("the trials as Parquet", () => {
  it("have the cells of the CSV, with types", async () => {
    const study = await writeOpenedStudy(api);
    const clients = [0, 1].map(() => new VoterClient(api.url, { link: study.link }));
    for (const client of clients) await client.join();
    const [first, second] = clients as [VoterClient, VoterClient];
    await first.cast(0, { choice: 1 }, { timing: { shownMs: 66.7, frames: 4 } });
    await first.cast(1, { skipped: true });
    await second.voteOnAll(() => ({ choice: 0 }));
    const read = async (format: string) => {
      const response = await fetch(`${api.url}/studies/${study.key}/trials.${format}`, { headers: ownerHeaders() });
      return { type: response.headers.get("content-type"), bytes: new Uint8Array(await response.arrayBuffer()) };
    };
    const [csv, parquet] = [await read("csv"), await read("parquet")];
    expect(parquet.type).toBe("application/vnd.apache.parquet");
    const rows = await parquetReadObjects({ file: parquet.bytes.buffer, utf8: true });
    const [head = [], ...lines] = await csvRows(csv.bytes);
    expect(rows).toHaveLength(8);
    // A cell of Parquet as CSV writes it; null is an empty cell.
    const texts = rows.map((row) => head.map((name) => (row[name] == null ? "" : String(row[name]))));
    expect(texts).toEqual(lines.map((line) => line.map(textOfCell)));
    expect(rows[0]).toMatchObject({ voter: "V-01", trial: 1, skipped: false, shown_ms: 66.7, frames: 4, excluded_by: "[]" });
    expect(rows[1]).toMatchObject({ skipped: true, answer_position: null });
  });
});

describe("a researcher who votes in a study", () => {
  it("reads neither labels, plan, tallies, results nor trials until the session is finished", async () => {
    const study = await writeOpenedStudy(api, { perVoter: { counted: 2 } });
    const fields = `draft planText images { nodes { label } } tallies { tallies } results { kind }`;
    const read = async (names = fields) =>
      (await api.query(`{ node(id: "${study.key}") { ... on Study { title ${names} } } }`, {}, localOwner)).body;
    const statusOf = async (): Promise<number> =>
      (await fetch(`${api.url}/studies/${study.key}/trials.csv`, { headers: ownerHeaders() })).status;
    expect((await read()).data.node.planText).toEqual(expect.any(String));
    const client = new VoterClient(api.url, { study: study.key, actor: localOwner });
    await client.join();
    expect((await read("draft planText linkToken seed")).data.node).toEqual({
      title: "What do you see?",
      draft: null,
      planText: null,
      linkToken: null,
      seed: null,
    });
    for (const field of ["images { nodes { label } }", "tallies { tallies }", "results { kind }"]) {
      const { errors } = await read(field);
      expect(errors[0]).toMatchObject({
        extensions: { code: "FORBIDDEN" },
        message: expect.stringContaining("You are voting in this study"),
      });
    }
    expect(await statusOf()).toBe(403);
    const socket = await openRawSocket(api.url, { headers: ownerHeaders() });
    socket.subscribe("tallies", `subscription { studyTallies(studyId: "${study.key}") { sequence } }`);
    expect(await socket.answer("tallies")).toMatchObject({ payload: { errors: [{ extensions: { code: "FORBIDDEN" } }] } });
    await socket.close();
    await client.voteOnAll(() => ({ choice: 0 }));
    expect((await read("planText")).data.node.planText).toBeNull();
    await client.send("finishStudy", {});
    expect((await read()).data.node.planText).toEqual(expect.any(String));
    expect(await statusOf()).toBe(200);
    // The results show their votes apart: their role could read the labels before.
    const [row] = await exportRows(study);
    expect(row).toMatchObject({ excluded: true, excluded_by: ["insider"] });
  });
});
