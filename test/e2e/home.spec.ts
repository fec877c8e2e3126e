/** The home page: active runs, with each image under its own class. */
import { expect } from "@playwright/test";
import { ask, changeAnswer, startSearch, test } from "../support/browser.ts";

interface ActiveRuns {
  readonly active: {
    readonly nodes: {
      readonly key: string;
      classes: number[] | null;
      readonly model: { labels: string[] };
      readonly bestTrajectories: { class: number; label: string }[];
    }[];
  };
}

test("a running ascent shows its most confident classes by name, even if they are not among its first ten", async ({ page }) => {
  const search = { name: "Tiles", configurations: 40, drawn: ["decay"], classes: [3, 8], iterations: 1500 };
  const run = await startSearch(page, search);
  await page.goto(`/runs/${run.key}`);
  await expect(page.getByRole("img", { name: /^3, / }).first()).toBeVisible({ timeout: 60_000 });

  // Change the response as if the network had forty classes, with the two most confident after the first ten.
  const labels = Array.from({ length: 40 }, (_, index) => `class ${index}`);
  await changeAnswer<ActiveRuns>(page, "Home", ({ active }) => {
    for (const shown of active.nodes.filter(({ key }) => key === run.key)) {
      shown.classes = labels.map((_, index) => index);
      shown.model.labels = labels;
      for (const [place, trajectory] of shown.bestTrajectories.entries())
        Object.assign(trajectory, { class: 30 + place, label: labels[30 + place] });
    }
  });
  await page.goto("/");
  const card = page.getByRole("article").filter({ has: page.getByRole("link", { name: new RegExp(run.key) }) });
  await expect(card.getByRole("listitem")).toHaveCount(10);
  for (const label of ["class 30", "class 31"]) {
    const tile = card.getByRole("listitem").filter({ hasText: label });
    await expect(tile.getByRole("img", { name: new RegExp(`^${label}, `) })).toBeVisible();
  }
  await expect(card.getByRole("listitem").first()).toHaveText("class 0");
  await expect(card).toContainText("most confident classes shown");
  await ask(page, "mutation($input: RunInput!) { cancelRun(input: $input) { __typename } }", { input: { runId: run.id } });
});
