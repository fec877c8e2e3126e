/** User models, from the form to their cards: uploaded files, URLs that a worker downloads, and refusals. */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../support/axe.ts";
import { failOperation, mockOperation, test } from "../support/browser.ts";
import { dataName, dataOf, graphFile } from "../support/externalOnnx.ts";
import { hostileOnnx } from "../support/hostileOnnx.ts";
import { weights } from "../support/onnxVariants.ts";

const network = path.join(import.meta.dirname, "../../packages/classifiers/models/small-mnist.onnx");
/** Keeps a repeated test from finding its earlier models. */
const mark = randomUUID().slice(0, 8);
const names = ["nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

async function expectSoundPage(page: Page): Promise<void> {
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
}

const fillNames = (page: Page, labels: readonly string[]) => page.getByLabel(/^Labels, one per line/).fill(labels.join("\n"));

test("a user's network is uploaded and checked, and its card can start a run against it", async ({ page }) => {
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

test("a file that is not a network is refused with a reason, and the form keeps its values for another attempt", async ({ page }) => {
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

test("a network whose weights are in a second file is refused without that file, and accepted with both files", async ({ page }) => {
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

test("a file that refers to other files on the worker's disk is refused with a reason", async ({ page }) => {
  const hostile = hostileOnnx.find(({ what }) => what === "a tensor at ../../etc/passwd");
  if (hostile === undefined) throw new Error("The hostile file of this test is missing.");
  await page.goto("/models/new");
  const buffer = Buffer.from(hostile.file());
  await page.getByLabel("Model file").setInputFiles({ name: `hostile-${mark}.onnx`, mimeType: "application/octet-stream", buffer });
  await fillNames(page, names);
  await page.getByRole("button", { name: "Upload and check" }).click();
  await expect(page.getByRole("article", { name: `hostile-${mark}` }).getByText(hostile.reason)).toBeVisible({ timeout: 60_000 });
});

test("missing values are reported at their fields before anything is sent", async ({ page }) => {
  await page.goto("/models/new");
  await page.getByRole("button", { name: "Upload and check" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Choose the model's file." })).toHaveCount(1);
  await expect(page.getByRole("alert").filter({ hasText: "Give the model a name." })).toHaveCount(1);
  await page.getByRole("textbox", { name: "Deviation" }).fill("0");
  await expect(page.getByRole("alert").filter({ hasText: "A deviation must be above 0." })).toHaveCount(1);
  await page.getByRole("radio", { name: /^An address/ }).check();
  const address = page.getByLabel("Address of the file");
  for (const [typed, message] of [
    ["http://models.example/net.onnx", "Models are downloaded over https only. Write the address as https://host/file."],
    ["https://me:secret@models.example/net.onnx", "Leave the user name and password out of the address."],
    ["net.onnx", "This is not a valid address. Write it as https://host/file."],
  ] as const) {
    await address.fill(typed);
    await expect(page.getByRole("alert").filter({ hasText: message })).toHaveCount(1);
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

/** The response to the page's first query for models. */
async function openModels(page: Page): Promise<ModelsAnswer["data"]["models"]> {
  const first = page.waitForResponse((response) => response.request().postData()?.includes('"operationName":"Models"') === true);
  await page.goto("/models");
  return ((await (await first).json()) as ModelsAnswer).data.models;
}

test("cards stay while the API is unavailable, and a model that is being checked updates when the API is back", async ({ page }) => {
  const { nodes, ...rest } = await openModels(page);
  const [one] = nodes;
  if (one === undefined) throw new Error("No model is registered.");
  let state = "CHECKING";
  let isDown = false;
  let refused = 0;
  await mockOperation(page, "Models", () => ({ models: { ...rest, nodes: [{ ...one, state }] } }));
  await failOperation(page, "Models", () => isDown && ++refused > 0);
  await page.reload();
  const card = page.getByRole("article", { name: one.name });
  await expect(card.getByRole("status")).toContainText("being checked");
  isDown = true;
  await expect.poll(() => refused).toBeGreaterThan(1);
  await expect(card).toBeVisible();
  await expect(page.getByText("This page could not be loaded")).toHaveCount(0);
  isDown = false;
  state = "AVAILABLE";
  await expect(card.getByRole("status")).toContainText("available");
});

test("models beyond the first page are loaded on request", async ({ page }) => {
  const { nodes, ...rest } = await openModels(page);
  const [one] = nodes;
  if (one === undefined) throw new Error("No model is registered.");
  const pageInfo = { __typename: "PageInfo", hasNextPage: true, endCursor: "first" };
  await mockOperation(page, "Models", ({ after }) => {
    const last = { ...one, id: "mock", name: "The last of many" };
    return { models: after === "first" ? { ...rest, nodes: [last] } : { ...rest, nodes, pageInfo } };
  });
  await page.reload();
  await expect(page.getByRole("article", { name: one.name, exact: true })).toBeVisible();
  await expect(page.getByRole("article", { name: "The last of many" })).toHaveCount(0);
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(page.getByRole("article", { name: "The last of many" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Show more" })).toHaveCount(0);
});

test.describe("a model given by its URL", () => {
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

  test("is downloaded by a worker, checked, and links to its source", async ({ page }) => {
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
    test(`is refused with a reason if ${file} cannot be downloaded, and can be checked again`, async ({ page }) => {
      const name = `From ${file} ${mark}`;
      await register(page, file, name);
      await expect(page.getByRole("heading", { name: "Refused" })).toBeVisible({ timeout: 60_000 });
      const card = page.getByRole("article", { name });
      await expect(card.getByText(reason)).toBeVisible();
      await expect(card.getByRole("button", { name: `Check again ${name}` })).toBeEnabled();
    });
});
