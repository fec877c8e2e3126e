/** What a person has typed and not sent stays in the browser: through a reload, the end of the session and a time without network, and past a colleague. */
import { expect, type Page } from "@playwright/test";
import { test } from "../../support/browser.ts";
import { join, openOwner, signIn, startRunsOf } from "../../support/browserAccounts.ts";

// The console logs every failed request.
test.use({ allowedErrors: [/ERR_INTERNET_DISCONNECTED/, /status of 401/] });

const restored = (page: Page) => page.getByRole("status").filter({ hasText: "Restored your unsent text" });
const keyName = (page: Page) => page.getByRole("dialog", { name: "New key" }).getByLabel("Name");

test("a comment and a form survive a reload and a remote end of the session, which the sign-in page explains", async ({ browser }) => {
  const owner = await openOwner(browser);
  const { runs } = await startRunsOf(owner, "Drafts", 1);
  const [run = ""] = runs;
  const ada = await join(browser, owner, "drafts-ada");
  await ada.goto(`/runs/${run}`);
  const comment = ada.getByRole("textbox", { name: `New comment on ${run}` });
  await comment.fill("Half a thought");
  await ada.reload();
  await expect(comment).toHaveValue("Half a thought");
  await expect(restored(ada)).toBeVisible();

  await ada.goto("/settings/keys?new=true");
  await keyName(ada).fill("night sweeps");
  await ada.reload();
  await expect(keyName(ada)).toHaveValue("night sweeps");
  await expect(restored(ada)).toBeVisible();

  // Another browser ends the session; the page meets its end, and the sign-in page leads back to both texts.
  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto("/profile");
  await signIn(elsewhere, "drafts-ada@lab.example");
  await elsewhere.getByRole("button", { name: "Sign out all others" }).click();
  await expect(ada).toHaveURL(/\/sign-in\?next=/, { timeout: 30_000 });
  await expect(ada.getByText("Your session was ended:")).toBeVisible();
  await expect(ada.getByText("What you had not sent yet is kept in this browser")).toBeVisible();
  await signIn(ada, "drafts-ada@lab.example");
  await expect(keyName(ada)).toHaveValue("night sweeps");
  await ada.goto(`/runs/${run}`);
  await expect(comment).toHaveValue("Half a thought");

  // A colleague at the same computer sees neither.
  const storage = await ada.context().storageState();
  const others = await (await browser.newContext({ storageState: { cookies: [], origins: storage.origins } })).newPage();
  await others.goto("/sign-in");
  await signIn(others, "owner@lab.example");
  await expect(others.getByRole("navigation", { name: "Main" })).toBeVisible();
  await others.goto(`/runs/${run}`);
  await expect(others.getByRole("textbox", { name: `New comment on ${run}` })).toHaveValue("");

  // A discarded text is gone for good.
  await restored(ada).locator("..").getByRole("button", { name: "Discard" }).click();
  await expect(comment).toHaveValue("");
  await ada.reload();
  await expect(comment).toHaveValue("");
  await expect(restored(ada)).toHaveCount(0);
});

test("signing out keeps unsent texts or deletes them, as the person says", async ({ browser }) => {
  const owner = await openOwner(browser);
  const bea = await join(browser, owner, "drafts-bea");
  const signOut = async (answer: string) => {
    await bea.getByRole("button", { name: /account$/ }).click();
    await bea.getByRole("menuitem", { name: "Sign out" }).click();
    await bea.getByRole("dialog", { name: "Keep your unsent texts?" }).getByRole("button", { name: answer }).click();
    await expect(bea).toHaveURL(/\/sign-in/);
    // A person who signs out knows why.
    await expect(bea.getByText("Your session was ended:")).toHaveCount(0);
    await signIn(bea, "drafts-bea@lab.example");
    await expect(bea.getByRole("navigation", { name: "Main" })).toBeVisible();
    await bea.goto("/settings/keys?new=true");
  };
  await bea.goto("/settings/keys?new=true");
  await keyName(bea).fill("kept");
  await bea.getByRole("button", { name: "Cancel" }).click();
  await signOut("Keep them and sign out");
  await expect(keyName(bea)).toHaveValue("kept");
  await bea.getByRole("button", { name: "Cancel" }).click();
  await signOut("Delete them and sign out");
  await expect(keyName(bea)).toHaveValue("");
});

test("the settings of a new run are there again after other pages, and go once the run has started", async ({ browser }) => {
  const owner = await openOwner(browser);
  const { experiment } = await startRunsOf(owner, "For the form", 1);
  const cy = await join(browser, owner, "drafts-cy");
  await cy.goto("/new");
  await cy.getByRole("textbox", { name: "Generations" }).fill("7");
  await cy.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Gallery" }).click();
  await expect(cy.getByRole("heading", { level: 1, name: "Gallery" })).toBeVisible();
  await cy.goto("/new");
  await expect(restored(cy)).toBeVisible();
  await expect(cy.getByRole("textbox", { name: "Generations" })).toHaveValue("7");
  await cy
    .getByLabel(/^Experiment/)
    .first()
    .selectOption({ label: `${experiment} For the form` });
  await cy.getByRole("button", { name: /^Start run/ }).click();
  await expect(cy).toHaveURL(/\/runs\/RUN-\d+/);
  await cy.goto("/new");
  await expect(cy.getByRole("textbox", { name: "Generations" })).not.toHaveValue("7");
  await expect(restored(cy)).toHaveCount(0);
});
