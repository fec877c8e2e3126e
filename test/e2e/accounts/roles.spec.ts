/** A viewer and a researcher on the same pages: what the API would refuse is not offered, or says why. */
import { expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../../support/axe.ts";
import { ask, test } from "../../support/browser.ts";
import { join, openOwner, startRunsOf } from "../../support/browserAccounts.ts";

/** The names of the buttons, links of the page's head, and fields that can be used. */
async function listControls(page: Page): Promise<string[]> {
  return page.locator("main").evaluate((main) => {
    const nameOf = (element: HTMLElement) => {
      const copy = element.cloneNode(true) as HTMLElement;
      for (const shortcut of copy.querySelectorAll("kbd")) shortcut.remove();
      return element.getAttribute("aria-label") ?? (copy.textContent?.trim() || element.getAttribute("placeholder") || "");
    };
    const controls = [...main.querySelectorAll<HTMLElement>("button, select, textarea, input[type=text], .pageActions a")];
    const usable = controls.filter((each) => each.getClientRects().length > 0 && !each.matches(":disabled, [aria-disabled=true]"));
    return [...new Set(usable.map(nameOf))];
  });
}

test("a viewer is offered nothing that the API refuses, and a researcher in the same workspace is", async ({ browser }) => {
  const owner = await openOwner(browser);
  const { experiment, runs } = await startRunsOf(owner, "Read by a viewer", 2);
  const [free = "", locked = ""] = runs;
  const lock = "mutation($input: LockRunsInput!) { lockRuns(input: $input) { __typename ... on LockRunsSuccess { refused { message } } } }";
  expect(await ask(owner, lock, { input: { runIds: [locked] } })).toEqual({ lockRuns: { __typename: "LockRunsSuccess", refused: [] } });
  const researcher = await join(browser, owner, "roles-researcher");
  const viewer = await join(browser, owner, "roles-viewer", "VIEWER");

  /** Opens a page for both, and expects what only the researcher can use there. */
  const expectForResearchers = async (path: string, names: readonly string[]) => {
    await Promise.all([researcher.goto(path), viewer.goto(path)]);
    await expect(async () => {
      const [ofResearcher, ofViewer] = await Promise.all([listControls(researcher), listControls(viewer)]);
      expect(ofResearcher.filter((name) => !ofViewer.includes(name)).toSorted()).toEqual(names.toSorted());
      expect(ofViewer.filter((name) => !ofResearcher.includes(name))).toEqual([]);
    }).toPass({ timeout: 20_000 });
  };

  const writing = (key: string) => ["Add a tag", "Add notes", "Preview", "Rename", "Write", `New comment on ${key}`, "No assignee"];
  const ofExperiment = [...writing(experiment), "Archive", "Export", "Lock", "Move to trash", "New run", "Save view"];
  await expectForResearchers(`/experiments/${experiment}`, ofExperiment);
  // The main action stays in its place, and says why it cannot be used, also without a mouse.
  const newRun = viewer.getByRole("button", { name: "New run" });
  await expect(newRun).toHaveAttribute("title", "Viewers can't start runs. Ask an owner to change your role.");
  await newRun.press("Enter");
  await expect(viewer.getByText("Viewers can't start runs. Ask an owner to change your role.")).toBeVisible();
  await expectAccessibleInBothThemes(viewer);
  await expectFitsPhone(viewer);
  // Shortcuts and the palette offer it no more than the page does.
  await viewer.keyboard.press("n");
  await viewer.keyboard.press("t");
  for (const page of [researcher, viewer]) {
    await page.keyboard.press("Control+k");
    await page.keyboard.type("experiment");
    await expect(page.getByRole("option", { name: /^Experiments/ })).toBeVisible();
    await expect(page.getByRole("option", { name: /New experiment/ })).toHaveCount(page === researcher ? 1 : 0);
    await page.keyboard.press("Escape");
  }
  await expect(viewer).toHaveURL(`/w/local/experiments/${experiment}`);
  await expect(viewer.getByRole("combobox", { name: "Tags" })).toHaveCount(0);

  await expectForResearchers(`/runs/${free}`, writing(free).concat("Ask people", "Export", "Fork here", "Lock", "Move to trash", "Verify"));
  const unlocked = ["Ask people", "Export", "Fork here", "Unlock", "Verify"];
  await expectForResearchers(`/runs/${locked}`, unlocked.concat("Preview", "Write", `New comment on ${locked}`));
  const trash = researcher.getByRole("button", { name: "Move to trash" });
  await expect(trash).toHaveAttribute("title", `${locked} is locked by owner-1. Unlock it to change it.`);
  await expect(trash).toBeDisabled();

  // A form starts with the reason, and cannot be filled in or sent.
  await Promise.all([researcher.goto("/new"), viewer.goto("/new")]);
  await expect(researcher.getByRole("button", { name: "Start run" })).toBeEnabled();
  const note = viewer.getByRole("status").filter({ hasText: "Viewers can't start runs. Ask an owner to change your role." });
  await expect(note.getByRole("link", { name: "Members" })).toBeVisible();
  expect(await listControls(viewer)).toEqual([]);
  await viewer.keyboard.press("Control+Enter");
  await expect(viewer).toHaveURL(/\/new/);
  await expectFitsPhone(viewer);
});
