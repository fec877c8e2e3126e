/** Which pages visitors may open without a session. */
import { describe, expect, it } from "vitest";
import { isOpenPage } from "../../../../apps/web/src/features/addresses/openPages.ts";

describe("an open page", () => {
  it.each(["/sign-in", "/public", "/public/EXP-1", "/shared/abc", "/vote/q83vEjRWeJCrze8SNFZ4kA"])("is %s", (path) => {
    expect(isOpenPage(path)).toBe(true);
  });

  it.each(["/", "/runs", "/publication", "/vote", "/vote/", "/vote/STU-12", "/vote/stu-12", "/vote/abc/results"])("is not %s", (path) => {
    expect(isOpenPage(path)).toBe(false);
  });
});
