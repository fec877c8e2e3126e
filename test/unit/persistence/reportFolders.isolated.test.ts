/** Reports may be large files: each is read only when it is requested. */
import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { findReport, listReports } from "@pareidolia/persistence/files/reports/reportFolders";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

const { read } = vi.hoisted(() => ({ read: [] as string[] }));
vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  return {
    ...real,
    readFile: (file: string) => {
      read.push(path.basename(path.dirname(file)));
      return real.readFile(file);
    },
  };
});

const firstPage = { limit: 2, backward: false, after: null, before: null };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-report-folders-"));
  const put = async (name: string, report: object) => {
    await mkdir(path.join(folder, name));
    await writeFile(path.join(folder, name, "report.json"), JSON.stringify(report));
  };
  for (const year of [2021, 2023, 2022, 2024]) await put(`of-${year}`, { writtenAt: `${year}-05-06T00:00:00Z`, claims: [] });
  await put("without-time", { claims: [] });
  await utimes(path.join(folder, "without-time", "report.json"), new Date("2022-12-01"), new Date("2022-12-01"));
});
beforeEach(() => void read.splice(0));
afterAll(() => rm(folder, { recursive: true }));

describe("report folders", () => {
  it("list a page of the newest reports without reading any others", async () => {
    const { rows, hasNextPage } = await listReports([folder], firstPage);
    expect(rows.map(({ node }) => node.id)).toEqual(["of-2024", "of-2023"]);
    expect([hasNextPage, read]).toEqual([true, ["of-2024", "of-2023"]]);
  });

  it("continue after any page, with the file's time if a report has none", async () => {
    const first = await listReports([folder], firstPage);
    const second = await listReports([folder], { ...firstPage, after: first.rows.at(-1)?.position ?? null });
    expect(second.rows.map(({ node }) => node.id)).toEqual(["without-time", "of-2022"]);
    const third = await listReports([folder], { ...firstPage, after: second.rows.at(-1)?.position ?? null });
    expect([third.rows.map(({ node }) => node.id), third.hasNextPage]).toEqual([["of-2021"], false]);
  });

  it("read only one report to find it by ID", async () => {
    expect(await findReport([folder], "of-2022")).toMatchObject({ id: "of-2022", writtenAt: new Date("2022-05-06T00:00:00Z") });
    expect(read).toEqual(["of-2022"]);
    expect(await findReport([folder], "../of-2022")).toBeNull();
  });
});
