/** Addresses of missing objects say so and offer a link elsewhere; invalid values in an address are reported, not silently replaced. */
import { expect } from "@playwright/test";
import { expectAccessibleInBothThemes } from "../support/axe.ts";
import { createExperiment, failOperation, test } from "../support/browser.ts";
import { requestWithHost, upgradeHeaders } from "../support/requestWithHost.ts";

test.describe("an address with an invalid elite id", () => {
  // The API refuses a malformed id with status 400, which the browser logs to its console.
  test.use({ allowedErrors: [/400/] });
  for (const id of ["nonsense", "%F0%9F%92%A9", "RWxpdGU6MA", "a".repeat(300)])
    test(`says that there is no elite "${id.slice(0, 20)}"`, async ({ page }) => {
      await page.goto(`/elites/${id}`);
      await expect(page.getByRole("heading", { name: "There is no such elite" })).toBeVisible();
      await expect(page.getByRole("link", { name: "Open the gallery" })).toBeVisible();
    });
});

test("the address of a missing run says so", async ({ page }) => {
  await page.goto("/runs/RUN-999999");
  await expect(page.getByRole("heading", { name: "There is no RUN-999999" })).toBeVisible();
});

test("the address of a missing experiment says so", async ({ page }) => {
  await page.goto("/experiments/EXP-999999");
  await expect(page.getByRole("heading", { name: /There is no EXP-999999/ })).toBeVisible();
});

test.describe("an address with an invalid key", () => {
  // As above.
  test.use({ allowedErrors: [/400/] });
  for (const [address, key] of [
    ["/runs/RUN-0", "RUN-0"],
    ["/runs/nonsense", "NONSENSE"],
    ["/experiments/EXP-0", "EXP-0"],
    ["/experiments/EXP-0/new", "EXP-0"],
  ] as const)
    test(`such as ${address} says that nothing exists, and is requested once`, async ({ page }) => {
      let requests = 0;
      page.on("request", (request) => {
        if (request.postData()?.includes(`"${key}"`)) requests++;
      });
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1, name: `There is no ${key}` })).toBeVisible();
      await page.waitForTimeout(4_500);
      expect(requests).toBe(1);
    });
});

test.describe("a path without a page", () => {
  test.use({ allowedErrors: [/404/] });
  for (const path of ["/no/such/page", "/runs/%E0%A4%A"])
    test(`such as ${path} returns 404 with a page`, async ({ page }) => {
      const response = await page.goto(path);
      expect(response?.status()).toBe(404);
      await expect(page.getByRole("heading").first()).toBeVisible();
    });
});

test("a form reports invalid values of its address at the top and at each field, and draws nothing for an invalid seed", async ({
  page,
}) => {
  await page.goto("/new?seed=1e999&model=unicorn&generations=40");
  const note = page.getByRole("alert").filter({ hasText: "Part of this page’s address cannot be used" });
  await expect(note).toContainText("There is no model “unicorn”; “LeNet (MNIST)” is used instead.");
  await expect(note).toContainText("Seed is “1e999” and must be a whole number from 0 to 2,147,483,647");
  await expect(page.getByLabel("Seed")).toHaveValue("1e999");
  await expect(page.getByLabel("Seed")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Generations")).toHaveValue("40");
  await expect(page.getByRole("radio", { name: /^LeNet \(MNIST\)/ })).toBeChecked();
  await expect(page.getByText("The seed is invalid; see the form.")).toBeVisible();
  await expectAccessibleInBothThemes(page);
  const models = page.getByRole("group", { name: "Model" });
  await expect(models.getByRole("alert")).toHaveText(/There is no model “unicorn”/);
  await models.getByRole("radio", { name: /^LeNet B/ }).check();
  await expect(models.getByRole("alert")).toHaveCount(0);
  await page.getByLabel("Seed").fill("5");
  await expect(page.getByText("Generation 0 with seed 5, drawn in this browser and not scored.")).toBeVisible();
});

for (const [address, message] of [
  ["/new?method=dream", "There is no method “dream”; “Evolve” is used instead."],
  ["/new?method=ascend&preset=none&seed=-1", "Seed is “-1” and must be a whole number from 0 to 2,147,483,647"],
  ["/new?parameters=%7B", "The parameters “{” are not valid JSON; the preset’s are used instead."],
  [
    "/gallery?sort=best&at=x",
    "sort is “best” and must be created, confidence, recognised or votes, such as -confidence; the newest are first instead.",
  ],
  ["/gallery?model=unicorn", "This page has no setting “model”; it is ignored."],
  ["/experiments?state=FAILED", "This page has no setting “state”; it is ignored."],
  ["/models?model=unicorn", "This page has no setting “model”; it is ignored."],
  [
    "/experiments?view=odd",
    "view is “odd” and must be one of all, running, paused, failed, mine, archived, or the key of a view such as VIEW-7; no view is open instead.",
  ],
] as const)
  test(`${address} reports its invalid values`, async ({ page }) => {
    await page.goto(address);
    await expect(page.getByRole("alert").filter({ hasText: "page’s address" })).toContainText(message);
  });

for (const path of ["/w/local", "/graphql?query=%7B__typename%7D", "/w/local/images/none.png", "/uploads", "/w/local/uploads"])
  test(`${path} is refused under another site's name that resolves to this machine`, async ({ baseURL }) => {
    const address = new URL(path, baseURL).href;
    const isUpload = path.endsWith("/uploads");
    const method = isUpload ? "POST" : "GET";
    const headers = { "content-type": isUpload ? "application/octet-stream" : "application/json" };
    const send = (host: string) => requestWithHost(address, { host, method, headers, ...(method === "POST" && { body: "bytes" }) });
    const refused = await send("evil.example");
    expect(refused.status).toBe(421);
    expect(refused.text).toContain("PAREIDOLIA_HOSTS");
    const answered = await send("localhost");
    expect(answered.status, answered.text).toBe(path.endsWith("/none.png") || isUpload ? 400 : 200);
  });

for (const path of ["/", "/graphql", "/runs/RUN-1", "/uploads"])
  test(`TRACE ${path} is refused with 405`, async ({ baseURL }) => {
    const { host } = new URL(baseURL ?? "");
    const { status, text } = await requestWithHost(new URL(path, baseURL).href, { host, method: "TRACE" });
    expect(status, text).toBe(405);
  });

test("live updates are open to pages at the web application's IP address, and to no other site", async ({ baseURL }) => {
  const address = new URL("/graphql", baseURL).href;
  const open = (host: string, origin: string) => requestWithHost(address, { host, headers: { ...upgradeHeaders, origin } });
  expect((await open("192.0.2.7:3000", "http://192.0.2.7:3000")).status).toBe(101);
  expect((await open("192.0.2.7:3000", "http://evil.example")).status).toBe(401);
  expect((await open("evil.example", "http://evil.example")).status).toBe(401);
});

test("an experiment that could not be loaded shows an error and can be requested again", async ({ page }) => {
  const { key } = await createExperiment(page, "Looked for");
  let isDown = true;
  for (const operation of ["ExperimentPage", "FindExperiment"]) await failOperation(page, operation, () => isDown);
  for (const address of [`/experiments/${key}`, `/experiments/${key}/new`]) {
    isDown = true;
    await page.goto(address);
    const alert = page.getByRole("main").getByRole("alert");
    await expect(alert).toContainText("The database is away.");
    isDown = false;
    await alert.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("main")).toContainText("Looked for");
    await expect(alert).toHaveCount(0);
  }
});

test("an experiment appears at an address that was opened before it was created", { tag: "@alone" }, async ({ page }) => {
  const before = await createExperiment(page, "Made before");
  const key = `EXP-${Number(before.key.slice("EXP-".length)) + 1}`;
  await page.goto(`/experiments/${key}/new`);
  await expect(page.getByRole("heading", { level: 1, name: `There is no ${key}` })).toBeVisible();
  const made = await createExperiment(page, "Made since");
  expect(made.key).toBe(key);
  await expect(page.getByRole("main")).toContainText(`in ${key} Made since`);
});
