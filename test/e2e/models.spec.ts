/** Models of one's own, from the form to their cards: a file that is sent, an address that a worker fetches, and what is refused. */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { expect, type Page } from "@playwright/test";
import { expectFitsPhone, expectSoundInBothThemes } from "../support/axe.ts";
import { weights } from "../support/bentOnnx.ts";
import { answerBy, test, withhold } from "../support/browser.ts";
import { dataName, dataOf, graphFile } from "../support/externalOnnx.ts";
import { hostileOnnx } from "../support/hostileOnnx.ts";

const network = path.join(import.meta.dirname, "../../packages/classifiers/models/small-mnist.onnx");
/** So that a test that is run again does not find its own models of before. */
const mark = randomUUID().slice(0, 8);
const names = ["nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

async function expectSoundPage(page: Page): Promise<void> {
  await expectSoundInBothThemes(page);
  await expectFitsPhone(page);
}

const fillNames = (page: Page, labels: readonly string[]) => page.getByLabel(/^Labels, one per line/).fill(labels.join("\n"));

test("a network of one's own is uploaded, checked, and can be run against from its card", async ({ page }) => {
  await page.goto("/models");
  await page.getByRole("link", { name: "Register a model" }).click();
  await page.getByLabel("Model file").setInputFiles(network);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("small-mnist");
  await page.getByLabel("Name", { exact: true }).fill(`Digits in words ${mark}`);
  await page.getByLabel("Number of outputs").fill("10");
  await fillNames(page, names.slice(0, 9));
  await page.getByLabel("Width").focus();
  await expect(page.getByRole("alert").filter({ hasText: "There are 9 labels, but the network has 10 outputs." })).toHaveCount(1);
  await fillNames(page, names);
  await page.getByRole("button", { name: "Upload and check" }).click();

  const card = page.getByRole("article", { name: `Digits in words ${mark}` });
  await expect(card.getByRole("status")).toContainText("available", { timeout: 60_000 });
  await card.getByText("Check results").click();
  await expect(card.getByText(/images\/s, .* gradients\/s$/)).toBeVisible();
  await expect(card.getByRole("link", { name: "10" })).toBeVisible();
  await expectSoundPage(page);

  await page.getByRole("link", { name: "Start a run against this model" }).click();
  await expect(page.getByRole("radio", { name: new RegExp(`^Digits in words ${mark}`) })).toBeChecked();
});

test("a file that is no network is refused with a reason, and what was typed is kept for another attempt", async ({ page }) => {
  await page.goto("/models/new");
  const letter = {
    name: `letter-${mark}.onnx`,
    mimeType: "application/octet-stream",
    buffer: Buffer.from("This is a letter and no network."),
  };
  await page.getByLabel("Model file").setInputFiles(letter);
  await fillNames(page, names);
  await page.getByRole("button", { name: "Upload and check" }).click();
  await expect(page.getByRole("heading", { name: "Refused" })).toBeVisible({ timeout: 60_000 });
  const card = page.getByRole("article", { name: `letter-${mark}` });
  await expect(card.getByRole("status")).toContainText("refused");
  await expect(card.getByText(/^[A-Z].*\bfile\b.*\.$/)).toBeVisible();
  await expectSoundPage(page);

  await page.getByRole("button", { name: "Edit and register again" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(`letter-${mark}`);
  await expect(page.getByLabel(/^Labels, one per line/)).toHaveValue(names.join("\n"));
  await page.getByLabel("Model file").setInputFiles(network);
  await page.getByLabel("Name", { exact: true }).fill(`No letter any more ${mark}`);
  await page.getByRole("button", { name: "Upload and check" }).click();
  await expect(page.getByRole("article", { name: `No letter any more ${mark}` }).getByRole("status")).toContainText("available", {
    timeout: 60_000,
  });
});

test("a network whose weights are in a second file is refused alone, and checked once both files are there", async ({ page }) => {
  const mimeType = "application/octet-stream";
  const graph = { name: `split-${mark}.onnx`, mimeType, buffer: Buffer.from(graphFile()) };
  const data = { name: dataName, mimeType, buffer: Buffer.from(dataOf(weights())) };
  await page.goto("/models/new");
  await page.getByLabel("Model file").setInputFiles(graph);
  await fillNames(page, names.slice(0, 3));
  await page.getByLabel("Width").fill("8");
  await page.getByLabel("Height").fill("8");
  await page.getByRole("button", { name: "Upload and check" }).click();
  const card = page.getByRole("article", { name: `split-${mark}` });
  await expect(card.getByText('The weights of this ONNX file are in "net.onnx.data", which is missing.')).toBeVisible({ timeout: 60_000 });

  await page.getByRole("button", { name: "Edit and register again" }).click();
  await page.getByLabel("Model file").setInputFiles(data);
  await expect(page.getByText(`split-${mark}.onnx, `)).toBeVisible();
  await expect(page.getByText(`${dataName}, 768 B`)).toBeVisible();
  await expectSoundPage(page);
  await page.getByLabel("Name", { exact: true }).fill(`Both files ${mark}`);
  await page.getByRole("button", { name: "Upload and check" }).click();
  await expect(page.getByRole("article", { name: `Both files ${mark}` }).getByRole("status")).toContainText("available", {
    timeout: 60_000,
  });
});

test("a file that reaches for others on the worker's disk is refused, and says so", async ({ page }) => {
  const reaching = hostileOnnx.find(({ what }) => what === "a tensor at ../../etc/passwd");
  if (reaching === undefined) throw new Error("The hostile file of this test is not there any more.");
  await page.goto("/models/new");
  const buffer = Buffer.from(reaching.file());
  await page.getByLabel("Model file").setInputFiles({ name: `reaching-${mark}.onnx`, mimeType: "application/octet-stream", buffer });
  await fillNames(page, names);
  await page.getByRole("button", { name: "Upload and check" }).click();
  await expect(page.getByRole("article", { name: `reaching-${mark}` }).getByText(reaching.reason)).toBeVisible({ timeout: 60_000 });
});

test("what is missing is said at its field before anything is sent", async ({ page }) => {
  await page.goto("/models/new");
  await page.getByRole("button", { name: "Upload and check" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Choose the model's file." })).toHaveCount(1);
  await expect(page.getByRole("alert").filter({ hasText: "Give the model a name." })).toHaveCount(1);
  await page.getByRole("textbox", { name: "Deviation" }).fill("0");
  await expect(page.getByRole("alert").filter({ hasText: "A deviation must be above 0." })).toHaveCount(1);
  await page.getByRole("radio", { name: /^An address/ }).check();
  const address = page.getByLabel("Address of the file");
  for (const [typed, said] of [
    ["http://models.example/net.onnx", "Models are downloaded over https only. Write the address as https://host/file."],
    ["https://me:secret@models.example/net.onnx", "Leave the user name and password out of the address."],
    ["net.onnx", "This is not a valid address. Write it as https://host/file."],
  ] as const) {
    await address.fill(typed);
    await expect(page.getByRole("alert").filter({ hasText: said })).toHaveCount(1);
    await expect(address).toHaveAttribute("aria-invalid", "true");
  }
  await expectSoundPage(page);
  await expect(page).toHaveURL(/\/models\/new$/);
});

interface ModelsAnswer {
  readonly data: {
    readonly models: {
      readonly pageInfo: { hasNextPage: boolean; endCursor: string };
      readonly nodes: { id: string; name: string; state: string }[];
    };
  };
}

/** The models' first answer, as the page asks for it. */
async function openModels(page: Page): Promise<ModelsAnswer["data"]["models"]> {
  const first = page.waitForResponse((response) => response.request().postData()?.includes("query Models(") === true);
  await page.goto("/models");
  return ((await (await first).json()) as ModelsAnswer).data.models;
}

test("cards stay while the API is away, and one that is being checked is looked at again when it is back", async ({ page }) => {
  const { nodes, ...rest } = await openModels(page);
  const [one] = nodes;
  if (one === undefined) throw new Error("No model is registered.");
  let state = "CHECKING";
  let away = false;
  let refused = 0;
  await answerBy(page, "Models", () => ({ models: { ...rest, nodes: [{ ...one, state }] } }));
  await withhold(page, "Models", () => away && ++refused > 0);
  await page.reload();
  const card = page.getByRole("article", { name: one.name });
  await expect(card.getByRole("status")).toContainText("being checked");
  away = true;
  await expect.poll(() => refused).toBeGreaterThan(1);
  await expect(card).toBeVisible();
  await expect(page.getByText("This page could not be loaded")).toHaveCount(0);
  away = false;
  state = "AVAILABLE";
  await expect(card.getByRole("status")).toContainText("available");
});

test("models past the first page come on request", async ({ page }) => {
  const { nodes, ...rest } = await openModels(page);
  const [one] = nodes;
  if (one === undefined) throw new Error("No model is registered.");
  const pageInfo = { __typename: "PageInfo", hasNextPage: true, endCursor: "first" };
  await answerBy(page, "Models", ({ after }) => {
    const last = { ...one, id: "told", name: "The last of many" };
    return { models: after === "first" ? { ...rest, nodes: [last] } : { ...rest, nodes, pageInfo } };
  });
  await page.reload();
  await expect(page.getByRole("article", { name: one.name, exact: true })).toBeVisible();
  await expect(page.getByRole("article", { name: "The last of many" })).toHaveCount(0);
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(page.getByRole("article", { name: "The last of many" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Show more" })).toHaveCount(0);
});

test.describe("by its address", () => {
  let server: Server;
  let origin: string;

  test.beforeAll(async () => {
    const bytes = await readFile(network);
    server = createServer((request, response) => {
      if (request.url === "/net.onnx") response.end(bytes);
      else if (request.url === "/inwards.onnx") response.writeHead(302, { location: "https://10.0.0.1/net.onnx" }).end();
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  test.afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

  async function register(page: Page, file: string, name: string): Promise<void> {
    await page.goto("/models/new");
    await page.getByRole("radio", { name: /^An address/ }).check();
    await page.getByLabel("Address of the file").fill(`${origin}${file}`);
    await page.getByLabel("Licence").focus();
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue(/./);
    await page.getByLabel("Name", { exact: true }).fill(name);
    await fillNames(page, names);
    await page.getByRole("button", { name: "Download and check" }).click();
  }

  test("a network is fetched by a worker, checked, and links to where it came from", async ({ page }) => {
    await register(page, "/net.onnx", `Fetched digits ${mark}`);
    const card = page.getByRole("article", { name: `Fetched digits ${mark}` });
    await expect(card.getByRole("status")).toContainText("available", { timeout: 60_000 });
    await expect(card.getByRole("link", { name: `${origin}/net.onnx` })).toBeVisible();
    await expectSoundPage(page);
  });

  for (const [file, reason] of [
    ["/nothing.onnx", /answered 404/],
    ["/inwards.onnx", /^Cannot fetch from https:\/\/10\.0\.0\.1/],
  ] as const)
    test(`a worker that cannot or may not fetch ${file} says why, and offers to look again`, async ({ page }) => {
      const name = `From ${file} ${mark}`;
      await register(page, file, name);
      await expect(page.getByRole("heading", { name: "Refused" })).toBeVisible({ timeout: 60_000 });
      const card = page.getByRole("article", { name });
      await expect(card.getByText(reason)).toBeVisible();
      await expect(card.getByRole("button", { name: `Check again ${name}` })).toBeEnabled();
    });
});
