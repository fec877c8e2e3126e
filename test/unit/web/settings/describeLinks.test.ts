import { expect, it } from "vitest";
import { describeLinks } from "../../../../apps/web/src/features/members/describeLinks.ts";

it("the dialog names an e-mail only if the system sends them", () => {
  const rest = "address only, and is not shown again.";
  expect(describeLinks(1, null)).toBe(`The link is in an e-mail too. It works once, within seven days, for this ${rest}`);
  expect(describeLinks(2, null)).toBe(`Each link is in an e-mail too. It works once, within seven days, for its ${rest}`);
  expect(describeLinks(1, "No mail server.")).toBe(
    `Pass the link on yourself, since this system sends no e-mails. It works once, within seven days, for this ${rest}`,
  );
});
