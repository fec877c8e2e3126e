/** Nothing is cut or covered: labels of charts, the genome's graph, and figures of compared runs, on wide windows and on a phone. */
import { expect, type Locator, type Page } from "@playwright/test";
import { changeAnswer, readArchive, test, waitForFinish } from "../support/browser.ts";
import { finishedRun } from "../support/finishedRuns.ts";
import { sharedSweep } from "../support/sharedSweep.ts";
import { startAttack } from "../support/startRuns.ts";

const phone = { width: 390, height: 844 };
const laptop = { width: 1280, height: 800 };

/** The texts of a chart that reach beyond the window or its scrolling frame, and the pairs of texts that touch. */
function findBadLabels(chart: Locator): Promise<readonly string[]> {
  return chart.evaluate((svg) => {
    let frame: Element | null = svg.parentElement;
    while (frame !== null && getComputedStyle(frame).overflowX === "visible") frame = frame.parentElement;
    const right = Math.min(document.documentElement.clientWidth, frame?.getBoundingClientRect().right ?? Number.POSITIVE_INFINITY);
    const labels = [...svg.querySelectorAll("text")].map((text) => ({
      text: [...text.childNodes].flatMap((node) => (node.nodeType === Node.TEXT_NODE ? [node.textContent] : [])).join(""),
      isTurned: text.hasAttribute("transform"),
      box: text.getBoundingClientRect(),
    }));
    const outside = labels.filter(({ box }) => box.right > right + 1 || box.left < -1).map(({ text }) => `${text} is cut`);
    const level = labels.filter(({ text, isTurned }) => text !== "" && !isTurned);
    const touching = level.flatMap((one, i) =>
      level.slice(i + 1).flatMap((other) => {
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        return across > -3 && down > 3 ? [`${one.text} touches ${other.text}`] : [];
      }),
    );
    return [...outside, ...touching];
  });
}

async function openComparison(page: Page): Promise<void> {
  const runs = [
    await finishedRun(page, { encoding: "direct", generations: 40 }),
    await finishedRun(page, { encoding: "cppn", generations: 60 }),
  ];
  await page.goto(`/compare?runs=${runs.map(({ key }) => key.slice("RUN-".length)).join(",")}&baseline=0`);
}

test("the seeds in the head of a sweep's matrix have space between them", async ({ page }) => {
  await page.goto(`/sweeps/${await sharedSweep(page)}`);
  const matrix = page.getByRole("group", { name: /^Median confidence of 2 points/ });
  for (const width of [760, 900, 1280, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    await expect(matrix.getByText("142", { exact: true })).toBeVisible();
    await expect.poll(() => findBadLabels(matrix), `${width} px`).toEqual([]);
  }
});

test("parallel coordinates of many settings show the label of every axis on a phone", async ({ page }) => {
  await page.setViewportSize(phone);
  await openComparison(page);
  const chart = page.getByRole("region", { name: "Parallel coordinates" }).getByRole("group", { name: /as lines across/ });
  await expect(chart.locator("text").filter({ hasText: /Median$/ })).toBeVisible();
  await expect.poll(() => findBadLabels(chart)).toEqual([]);
});

test("the figures of both compared runs are inside a phone's window", async ({ page }) => {
  await page.setViewportSize(phone);
  await openComparison(page);
  const images = page.getByRole("region", { name: "Images by class and run" });
  const cells = images.getByRole("row").filter({ hasText: "%" }).first().getByRole("cell");
  await expect(cells).toHaveCount(2);
  for (const figure of await cells.getByText(/%$/).all()) {
    const box = await figure.boundingBox();
    expect((box?.x ?? Number.NaN) + (box?.width ?? 0)).toBeLessThanOrEqual(phone.width);
  }
  expect(await images.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
});

test("a CPPN's graph is as wide as the page, and not cut", async ({ page }) => {
  await page.setViewportSize(laptop);
  const run = await finishedRun(page, { encoding: "cppn", generations: 60 });
  const [elite] = await readArchive(page, run.id);
  await page.goto(`/elites/${encodeURIComponent(elite?.id ?? "")}`);
  const graph = page.getByRole("region", { name: /^Graph of \d+ nodes/ });
  await expect(graph).toBeVisible();
  await expect.poll(() => graph.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  const [main, drawn] = [await page.getByRole("main").boundingBox(), await graph.boundingBox()];
  expect(drawn?.width ?? 0).toBeGreaterThan(0.9 * ((main?.width ?? 0) - 80));
});

test("the title of an attack's chart is not cut where a class has a long name", async ({ page }) => {
  const run = await startAttack(page, "Long name");
  await waitForFinish(page, run);
  await changeAnswer<{ node: { perturbations: { nodes: { originalLabel: string }[] } } }>(page, "RunPerturbations", ({ node }) => {
    for (const row of node.perturbations.nodes) row.originalLabel = "American Staffordshire terrier of the northern highlands";
  });
  for (const size of [phone, laptop]) {
    await page.setViewportSize(size);
    await page.goto(`/runs/${run.key}`);
    const chart = page.getByRole("img", { name: /^Confidence in any class but American/ });
    await expect(chart.getByText(/^confidence in any class but/)).toBeVisible();
    await expect.poll(() => findBadLabels(chart), `${size.width} px`).toEqual([]);
  }
});
