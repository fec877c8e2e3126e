/** Addresses that name their workspace: how they are built and read. */
import { readWorkspaceAddress, workspaceAddress } from "@pareidolia/core/workspaceAddress";
import { describe, expect, it } from "vitest";

describe("an address in a workspace", () => {
  it("is read back as it was built", () => {
    for (const path of ["/runs/RUN-2", "/graphql", "/gallery?q=digit%203#top", "/"])
      expect(readWorkspaceAddress(workspaceAddress("lab-3f9a2c1b", path))).toEqual({ slug: "lab-3f9a2c1b", path });
    expect(workspaceAddress("lab", "/")).toBe("/w/lab");
    expect(readWorkspaceAddress("/w/lab?new=true")).toEqual({ slug: "lab", path: "/?new=true" });
  });

  it("keeps the workspace that it names", () => {
    expect(workspaceAddress("lab", "/w/other/runs/RUN-2")).toBe("/w/other/runs/RUN-2");
    expect(workspaceAddress("lab", "/?new=true")).toBe("/w/lab?new=true");
    expect(workspaceAddress("lab", "/workers")).toBe("/w/lab/workers");
  });

  it("names none if its slug has another form", () => {
    for (const address of [
      "/runs/RUN-2",
      "/workers",
      "/w",
      "/w/",
      "/w/Lab/runs",
      "/w/-/runs",
      "/w/%2e%2e/runs",
      "/w//runs",
      "/x/w/lab/runs",
      "",
    ])
      expect(readWorkspaceAddress(address)).toEqual({ slug: null, path: address });
  });
});
