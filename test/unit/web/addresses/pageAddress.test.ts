/** Addresses within a page's workspace, and when they need a new document. */
import { describe, expect, it } from "vitest";
import { addressIn, isInPlace } from "../../../../apps/web/src/features/addresses/pageAddress.ts";

describe("addressIn", () => {
  it.each([
    ["/", "/w/lab"],
    ["/?new=true", "/w/lab?new=true"],
    ["/runs/RUN-2?tab=table#x", "/w/lab/runs/RUN-2?tab=table#x"],
    ["/images/abc.png", "/w/lab/images/abc.png"],
    ["/vote/STU-3", "/w/lab/vote/STU-3"],
  ])("adds the workspace to %s", (address, expected) => {
    expect(addressIn("lab", address)).toBe(expected);
  });

  it.each([
    "/public/EXP-1",
    "/sign-in?next=%2Fruns",
    "/vote/q83vEjRWeJCrze8SNFZ4kA",
    "/device",
    "/w/other/runs/RUN-2",
    "#section",
    "?tab=plan",
    "https://host.example/runs",
    "//host.example/runs",
  ])("leaves %s as it is", (address) => {
    expect(addressIn("lab", address)).toBe(address);
  });

  it("leaves all addresses outside of workspaces as they are", () => {
    expect(addressIn(null, "/runs/RUN-2")).toBe("/runs/RUN-2");
  });
});

describe("a navigation", () => {
  it.each([
    ["lab", "/w/lab/runs", true],
    ["lab", "/w/other/runs", false],
    ["lab", "/public", false],
    ["lab", "?tab=plan", true],
    [null, "/public/EXP-1", true],
    [null, "/w/lab", false],
    [null, "/runs/RUN-2", false],
  ] as const)("from workspace %s to %s stays in the document: %s", (slug, address, expected) => {
    expect(isInPlace(slug, address)).toBe(expected);
  });
});
