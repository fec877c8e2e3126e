/** The releases of a study on its page: entries in each state, the form's checks, and its input. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { ReleaseEntry } from "../../../../apps/web/src/features/releases/ReleaseEntry.tsx";
import { emptyCreator, inputOf, nextVersion, releaseSchema } from "../../../../apps/web/src/features/releases/releaseForm.ts";
import { describeContent, whyNoRelease, withdrawalNote } from "../../../../apps/web/src/features/releases/releaseTexts.ts";

type Release = Parameters<typeof ReleaseEntry>[0]["release"];

const made: Release = {
  id: "id",
  number: 2,
  version: "1.1.0",
  title: "What people see",
  state: "SUCCEEDED",
  done: 9,
  total: 9,
  failure: null,
  sha256: "ab".repeat(32),
  byteLength: 5_242_880,
  url: "/studies/STU-4/releases/2.zip",
  studyState: "CLOSED",
  withdrawnSince: 0,
  createdAt: "2026-03-01T12:00:00.000Z",
  endedAt: "2026-03-01T12:01:00.000Z",
  createdBy: { id: "user", name: "Ada Example" },
  licence: { name: "Own licence", spdx: null },
  counts: { files: 70, images: 60, genomes: 1, voters: 12, trials: 1204, votes: 1000 },
};
const unmade = { sha256: null, byteLength: null, url: null, counts: null, studyState: null, endedAt: null };

function markupOf(changes: Partial<Release>): string {
  const markup = renderToStaticMarkup(
    createElement(ReleaseEntry, { studyKey: "STU-4", release: { ...made, ...changes }, onCancel: () => {}, cancelling: false }),
  );
  return markup.replaceAll("<!-- -->", "");
}

describe("a release on the study's page", () => {
  it("offers its archive, hash and the command that verifies it", () => {
    const markup = markupOf({});
    expect(markup).toMatch(/<a [^>]*href="\/studies\/STU-4\/releases\/2\.zip" download="STU-4-1\.1\.0\.zip">Download <span[^>]*>5 MB/);
    expect(markup).toContain(`<code>${"ab".repeat(32)}</code>`);
    expect(markup).toContain("<code>npm run verify -- STU-4-1.1.0.zip</code>");
    expect(markup).toContain("1,204 trials of 12 voters, 60 images, 1 genome; Own licence");
    expect(markup).toContain("by Ada Example");
    expect(markup).not.toContain("withdrew");
  });

  it("says when voters withdrew after it, and what to do", () => {
    expect(markupOf({ withdrawnSince: 2 })).toContain("2 voters withdrew after this release, which still contains their answers.");
    expect(withdrawalNote(1)).toMatch(/^1 voter withdrew/);
    expect(withdrawalNote(0)).toBeNull();
  });

  it("shows progress and can be cancelled until it is made, and then has no archive", () => {
    const running = markupOf({ ...unmade, state: "RUNNING", done: 1500, total: 3000 });
    expect(running).toContain('aria-valuenow="50"');
    expect(running).toContain("Step 1,500 of 3,000");
    expect(running).toContain("Cancel<");
    expect(running).not.toContain("Download");
    expect(markupOf({ ...unmade, state: "QUEUED" })).toContain("Waiting for a worker");
    const failed = markupOf({ ...unmade, state: "FAILED", failure: "The stored file is missing." });
    expect(failed).toContain("The stored file is missing. Nothing was published.");
    expect(failed).not.toContain("Cancel<");
  });

  it("is described without genomes if there are none", () => {
    expect(describeContent({ files: 9, images: 1, genomes: 0, voters: 1, trials: 1, votes: 1 })).toBe("1 trial of 1 voter, 1 image");
  });
});

describe("the form of a release", () => {
  const filled = {
    version: "1.0.0",
    title: " What people see ",
    description: "Votes.",
    creators: [
      { ...emptyCreator, givenName: "Ada", familyName: "Example", orcid: "0000-0002-1825-0097" },
      { ...emptyCreator, familyName: "Example Lab" },
    ],
    publisher: "Example Lab",
    licence: "CC0-1.0",
    keywords: "votes, , fooling images",
    doi: "",
    permitted: true,
  };

  it("becomes the input of the mutation", () => {
    const input = inputOf(releaseSchema.parse(filled), { studyId: "STU-4", consentVersion: 3, idempotencyKey: "key" });
    expect(input).toMatchObject({
      studyId: "STU-4",
      consentVersion: 3,
      title: "What people see",
      keywords: ["votes", "fooling images"],
      doi: null,
      licence: { spdx: "CC0-1.0", url: "https://creativecommons.org/publicdomain/zero/1.0/" },
      creators: [
        { kind: "PERSON", name: "Ada Example", givenName: "Ada", familyName: "Example", orcid: "0000-0002-1825-0097" },
        { kind: "ORGANIZATION", name: "Example Lab", givenName: null, familyName: null, orcid: null },
      ],
    });
  });

  it.each([
    [{ version: "1.0" }, "version"],
    [{ title: " " }, "title"],
    [{ creators: [] }, "creators"],
    [{ creators: [{ ...emptyCreator, familyName: "Example", orcid: "1234" }] }, "creators"],
    [{ permitted: false }, "permitted"],
  ])("refuses %j", (changes, field) => {
    const { error } = releaseSchema.safeParse({ ...filled, ...changes });
    expect(error?.issues.map(({ path }) => path[0])).toEqual([field]);
  });

  it("proposes the version after the latest one", () => {
    expect(nextVersion([])).toBe("1.0.0");
    expect(nextVersion(["1.0.0"])).toBe("1.1.0");
    expect(nextVersion(["1.2.3", "2.10.0", "2.9.5"])).toBe("2.11.0");
  });

  it("is closed while people vote or a release is being made", () => {
    expect(whyNoRelease("OPEN", false)).toContain("Pause or close the study first");
    expect(whyNoRelease("PAUSED", true)).toBe("A release is being made.");
    expect(whyNoRelease("ARCHIVED", false)).toBeNull();
  });
});
