/** What the sign-in page says after the OpenID Connect provider refused. */

import { describe, expect, it } from "vitest";
import { explainProviderRefusal, splitRefusal } from "../../../../apps/web/src/features/entrance/providerRefusal.ts";

describe("explainProviderRefusal", () => {
  it("explains known codes, and every other one with the same text", () => {
    expect(explainProviderRefusal(null)).toBeNull();
    expect(explainProviderRefusal("not_invited")).toContain("Ask an owner");
    expect(explainProviderRefusal("account_not_linked")).toContain("reset the password");
    for (const code of ["", "<script>", "constructor", "toString"]) expect(explainProviderRefusal(code)).toMatch(/^The sign-in with your/);
  });
});

describe("splitRefusal", () => {
  it("takes the code out of the path that the browser was to open", () => {
    expect(splitRefusal("/runs/RUN-1?tab=table")).toEqual({ next: "/runs/RUN-1?tab=table", code: null });
    expect(splitRefusal("/runs/RUN-1?tab=table&error=not_invited&error_description=Call%20us")).toEqual({
      next: "/runs/RUN-1?tab=table",
      code: "not_invited",
    });
    expect(splitRefusal("/?error=access_denied")).toEqual({ next: "/", code: "access_denied" });
  });
});
