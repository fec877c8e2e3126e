/** A run's film in each format, decoded again; and what a browser without encoders offers. */
import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { test } from "../support/browser.ts";
import { finishedRun } from "../support/finishedRuns.ts";
import { playVideo } from "../support/playVideo.ts";

const generations = 10;
const frameSeconds = 0.125;
const lastSeconds = 2;
/** In the middle of each frame. */
const times = Array.from({ length: generations + 1 }, (_, i) => (i + 0.5) * frameSeconds);

async function openRun(page: Page): Promise<string> {
  const { key } = await finishedRun(page, { generations });
  await page.goto(`/runs/${key}`);
  await expect(page.getByRole("button", { name: "Export film" })).toBeEnabled();
  return key;
}

async function exportFilm(page: Page): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("e")]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

for (const [format, extension] of [
  ["mp4", "mp4"],
  ["webm", "webm"],
] as const)
  test(`a key exports the generations as ${format}, with one frame per generation of a short run`, async ({ page }) => {
    const key = await openRun(page);
    const formats = page.getByRole("combobox", { name: "Format of the film" });
    // Debian's Chromium and its headless shell encode both.
    await expect(formats.locator(`option[value=${format}]`)).toBeEnabled();
    await formats.selectOption(format);
    await formats.blur();
    const { name, bytes } = await exportFilm(page);
    expect(name).toBe(`${key}-film.${extension}`);
    const { seconds, width, height, sums } = await playVideo(page, bytes, `video/${format}`, times, frameSeconds);
    expect([width, height]).toEqual([656, 384]);
    expect(seconds).toBeCloseTo(generations * frameSeconds + lastSeconds, 1);
    expect(new Set(sums).size).toBe(generations + 1);
    await expect(page.getByRole("button", { name: "Export film" })).toBeEnabled();
  });

test("the film is a video unless an animated PNG is chosen", async ({ page }) => {
  await openRun(page);
  const formats = page.getByRole("combobox", { name: "Format of the film" });
  await expect(formats).toHaveValue(/^(mp4|webm)$/);
  await formats.selectOption("Animated PNG");
  await formats.blur();
  const { name, bytes } = await exportFilm(page);
  expect(name).toMatch(/-film\.png$/);
  const frames = await page.evaluate(async (base64) => {
    const data = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const decoder = new ImageDecoder({ data, type: "image/png" });
    await decoder.completed;
    const first = await decoder.decode({ frameIndex: 0 });
    return [decoder.tracks.selectedTrack?.frameCount, first.image.displayWidth];
  }, bytes.toString("base64"));
  expect(frames).toEqual([generations + 1, 656]);
});

test("a browser that encodes no H.264 writes WebM, and one without encoders an animated PNG; both say so", async ({ page }) => {
  await page.addInitScript(() => {
    const isSupported = VideoEncoder.isConfigSupported.bind(VideoEncoder);
    VideoEncoder.isConfigSupported = async (config) =>
      config.codec.startsWith("avc") ? { supported: false, config } : isSupported(config);
  });
  await openRun(page);
  const formats = page.getByRole("combobox", { name: "Format of the film" });
  await expect(formats).toHaveValue("webm");
  await expect(formats.getByRole("option", { name: "MP4, which this browser cannot encode" })).toBeDisabled();
  await page.addInitScript(() => Object.defineProperty(globalThis, "VideoEncoder", { value: undefined }));
  await page.reload();
  await expect(formats).toHaveValue("apng");
  await expect(formats.getByRole("option", { name: "WebM, which this browser cannot encode" })).toBeDisabled();
});
