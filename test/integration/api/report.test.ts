/** Reports by GraphQL and as pages, over real HTTP. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";

const claim = {
  id: "R1",
  statement: "Noise is taken for digits.",
  paper: "99.99%",
  ours: "99.98%",
  verdict: "agree",
  reason: "by its bars",
};

const row = { id: "noise.median@50", what: "median", figure: 0.9996, bar: ">= 0.995", detail: "seed 1", holds: true, finding: true };
const curve = { kind: "curves", title: "Median", caption: "", x: "generation", y: "median confidence" };
const experiment = {
  id: "noise",
  description: "noise against LeNet",
  seconds: 1.5,
  coreSeconds: 3,
  failure: null,
  head: ["seed", "median"],
  lines: [["1", "0.9996"]],
  rows: [row, { what: "without an id" }],
  curves: [
    {
      ...curve,
      series: [
        {
          name: "paper",
          points: [
            [0, 0.5],
            [50, "high"],
            [50, 0.9996],
          ],
        },
      ],
    },
  ],
};

let api: TestApi;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-reports-"));
  const put = async (name: string, file: string, text: string): Promise<void> => {
    await mkdir(path.join(folder, name), { recursive: true });
    await writeFile(path.join(folder, name, file), text);
  };
  const report = {
    writtenAt: "2024-05-06T00:00:00Z",
    commit: "0123abc",
    fullBudget: [{ writtenAt: "2024-05-01T00:00:00Z", commit: "4567def", verdicts: { R1: "undecided" } }, { commit: "no time" }],
    budget: "quick",
    seeds: [1, 2],
    minutes: 12.5,
    machine: { processor: "one", cores: 2 },
    versions: { node: "22" },
    claims: [
      { ...claim, fullVerdict: "undecided", evidence: [row], experiments: ["noise"] },
      { ...claim, id: "R0", verdict: "needs people", fullVerdict: null },
    ],
    experiments: [experiment, { description: "without an id" }],
  };
  await put("older", "report.json", JSON.stringify(report));
  await put("older", "report.html", "<p>older</p>");
  await put(
    "newer",
    "report.json",
    JSON.stringify({ ...report, writtenAt: "2025-05-06T00:00:00Z", claims: [claim, { ...claim, verdict: "surely" }, 7] }),
  );
  await put("broken", "report.json", "{");
  await put("other", "notes.txt", "no report");
  api = await startTestApi({ reportFolders: [folder, path.join(folder, "missing")] });
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

describe("reports", () => {
  it("are listed newest first, without other files and without invalid claims", async () => {
    const { body } = await api.query(
      "{ reports { nodes { id writtenAt budget seeds minutes machine commit fullBudget { claims writtenAt commit } claims { id verdict fullVerdict ours } } } }",
    );
    const shared = {
      budget: "quick",
      seeds: [1, 2],
      minutes: 12.5,
      machine: "one, 2",
      commit: "0123abc",
      fullBudget: [{ writtenAt: "2024-05-01T00:00:00.000Z", commit: "4567def", claims: ["R1"] }],
    };
    expect(body.data.reports).toEqual({
      nodes: [
        {
          id: "newer",
          writtenAt: "2025-05-06T00:00:00.000Z",
          ...shared,
          claims: [{ id: "R1", verdict: "AGREE", fullVerdict: null, ours: "99.98%" }],
        },
        {
          id: "older",
          writtenAt: "2024-05-06T00:00:00.000Z",
          ...shared,
          claims: [
            { id: "R1", verdict: "AGREE", fullVerdict: "UNDECIDED", ours: "99.98%" },
            { id: "R0", verdict: "NEEDS_PEOPLE", fullVerdict: null, ours: "99.98%" },
          ],
        },
      ],
    });
  });

  it("are paged, whatever other folders lie between them", async () => {
    const readPage = async (after: string | null) => {
      const query =
        "query ($after: String) { reports(first: 1, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }";
      return (await api.query(query, { after })).body.data.reports;
    };
    const first = await readPage(null);
    expect([first.nodes, first.pageInfo.hasNextPage]).toEqual([[{ id: "newer" }], true]);
    expect((await readPage(first.pageInfo.endCursor)).nodes).toEqual([{ id: "older" }]);
    const { body } = await api.query("{ reports(first: 101) { nodes { id } } }");
    expect(body.errors[0].extensions.code).toBe("INVALID_INPUT");
  });

  it("are found by id, and null for an unknown id", async () => {
    const { body } = await api.query('{ older: report(id: "older") { id } none: report(id: "../older") { id } }');
    expect(body.data).toEqual({ older: { id: "older" }, none: null });
  });

  it("return every figure, measurement and curve, without malformed entries", async () => {
    const { body } = await api.query(
      `{ report(id: "older") { versions claims { experiments evidence { ...row } } experiments { id description seconds coreSeconds failure head lines
        rows { ...row } curves { title x y series { name points } } } } } fragment row on ReportRow { id what figure bar detail holds isFinding }`,
    );
    const { finding, ...shown } = row;
    const rows = [{ ...shown, isFinding: finding }];
    const { rows: _rows, curves: _curves, ...shared } = experiment;
    expect(body.data.report).toEqual({
      versions: ["node 22"],
      claims: [
        { experiments: ["noise"], evidence: rows },
        { experiments: [], evidence: [] },
      ],
      experiments: [
        {
          ...shared,
          rows,
          curves: [
            {
              title: "Median",
              x: "generation",
              y: "median confidence",
              series: [
                {
                  name: "paper",
                  points: [
                    [0, 0.5],
                    [50, 0.9996],
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it("are served as sandboxed pages that cannot run scripts", async () => {
    const page = await fetch(`${api.url}/report-pages/older.html`);
    expect(page.status).toBe(200);
    expect(await page.text()).toBe("<p>older</p>");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(page.headers.get("content-security-policy")).toContain("sandbox");
  });

  it.each([
    ["newer.html", 404],
    ["none.html", 404],
    ["..%2Folder.html", 400],
    ["older.json", 400],
  ])("answer %s with %d", async (file, status) => {
    expect((await fetch(`${api.url}/report-pages/${file}`)).status).toBe(status);
  });
});
