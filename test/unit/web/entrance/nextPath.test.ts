import { expect, it } from "vitest";
import { readNextPath, signInAddress } from "../../../../apps/web/src/features/entrance/nextPath.ts";

it.each([
  ["/runs/RUN-1", "/runs/RUN-1"],
  ["/gallery?model=lenet&sort=new#top", "/gallery?model=lenet&sort=new#top"],
  ["/a/../experiments", "/experiments"],
  [null, "/"],
  ["", "/"],
])("after signing in, the path %s opens %s", (given, opened) => {
  expect(readNextPath(given)).toBe(opened);
});

it.each([
  "https://evil.example/",
  "//evil.example/",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/.//evil.example",
  "/a/..//evil.example",
  "javascript:alert(1)",
  "evil.example",
  " //evil.example",
  "/sign-in?next=/sign-in",
  "/auth/sign-out",
])("a link to the sign-in page cannot lead to %s", (given) => {
  expect(readNextPath(given)).toBe("/");
});

it("the address of the sign-in page contains the way back", () => {
  expect(signInAddress("/runs/RUN-1?tab=table")).toBe("/sign-in?next=%2Fruns%2FRUN-1%3Ftab%3Dtable");
  expect(signInAddress("/")).toBe("/sign-in");
});
