/** Exports on their pages: what an entry says in each state, and the choices of the form. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { ExportEntry } from "../../../../apps/web/src/features/exports/ExportEntry.tsx";
import {
  allFormats,
  allParts,
  describeChoice,
  describeProgress,
  describeSize,
  exportsQuery,
} from "../../../../apps/web/src/features/exports/exportTexts.ts";

type Item = Parameters<typeof ExportEntry>[0]["item"];

const made: Item = {
  id: "id",
  key: "EXPORT-3",
  subject: "RUN",
  subjectKey: "RUN-12",
  parts: [...allParts],
  formats: [...allFormats],
  state: "SUCCEEDED",
  done: 9,
  total: 9,
  failure: null,
  sha256: "ab".repeat(32),
  byteLength: 5_242_880,
  rowCount: 1204,
  fileCount: 70,
  sameContentAs: null,
  url: "/exports/EXPORT-3.zip",
  createdAt: "2026-03-01T12:00:00.000Z",
  endedAt: "2026-03-01T12:01:00.000Z",
  expiresAt: "2026-03-08T12:01:00.000Z",
  createdBy: { id: "user", name: "Ada Example" },
  tables: [
    { name: "runs", rows: 1 },
    { name: "elites", rows: 1203 },
  ],
};
const unmade = { sha256: null, byteLength: null, url: null, rowCount: null, fileCount: null, endedAt: null, expiresAt: null, tables: [] };

function markupOf(changes: Partial<Item>, showsSubject = false): string {
  const props = { item: { ...made, ...changes }, showsSubject, busy: false, onCancel: () => {}, onDelete: () => {} };
  return renderToStaticMarkup(createElement(ExportEntry, props)).replaceAll("<!-- -->", "");
}

describe("an export on a page", () => {
  it("shows rows, bytes, hash and download once it is made", () => {
    const markup = markupOf({});
    expect(markup).toContain("1,204 rows in 70 files");
    expect(markup).toContain(`<code>${"ab".repeat(32)}</code>`);
    expect(markup).toContain('href="/exports/EXPORT-3.zip"');
    expect(markup).toContain("deleted on 8 Mar");
    expect(markup).toContain('<code>elites</code> <span class="n12">1,203</span>');
    expect(markup).not.toContain("Same content");
    expect(markup).not.toContain("Cancel");
  });

  it("says of which subject it is in a list of several, and with which export its content agrees", () => {
    expect(markupOf({ sameContentAs: "EXPORT-1" }, true)).toMatch(/ of RUN-12.*Same content as <span class="n12">EXPORT-1</s);
    expect(markupOf({ subject: "WORKSPACE", subjectKey: null }, true)).toContain(" of the workspace");
  });

  it("shows the progress of its job, and can be cancelled", () => {
    const running = markupOf({ ...unmade, state: "RUNNING", done: 50, total: 200 });
    expect(running).toContain("Writing: 50 of 200 rows and files");
    expect(running).toContain('aria-valuenow="25"');
    expect(running).toContain("Cancel");
    expect(running).not.toContain("Delete");
    expect(describeProgress({ state: "RUNNING", done: 1200, total: null }).text).toBe("Reading rows: 1,200 so far");
    expect(describeProgress({ state: "QUEUED", done: 0, total: null }).text).toBe("Waiting for a worker");
  });

  it("says why it failed", () => {
    const failed = markupOf({ ...unmade, state: "FAILED", failure: "RUN-12 was deleted before the export was made." });
    expect(failed).toContain("RUN-12 was deleted before the export was made.");
    expect(failed).not.toContain("Download");
  });

  it("describes what was chosen", () => {
    expect(describeChoice(made)).toBe("All parts as JSON lines, CSV and Parquet");
    expect(describeChoice({ parts: [], formats: ["CSV"] })).toBe("Tables only as CSV");
    expect(describeChoice({ parts: ["SCORES", "IMAGES"], formats: ["PARQUET", "CSV"] })).toBe(
      "Tables with images and scores as CSV and Parquet",
    );
    expect(describeSize({ rowCount: 1, fileCount: 1 })).toBe("1 row in 1 file");
    expect(exportsQuery({ type: "Run", key: "RUN-12" })).toContain('node(id: "RUN-12")');
  });
});
