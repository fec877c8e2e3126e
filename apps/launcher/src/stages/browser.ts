/**
 * A Chromium for the end-to-end tests: Playwright's own when it is there or can be downloaded; else one of the system's;
 * else, as root on Debian or Ubuntu, the distribution's package.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { captureTool } from "../checks/runTool.ts";

/** The shell has no windows, and opens a page in half the time. */
const systemNames = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const macPlaces = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"];

/** The path of a system browser, or null for Playwright's own. */
export async function findBrowser(root: string, signal: AbortSignal, progress: (detail: string) => void): Promise<string | null> {
  const named = process.env["PAREIDOLIA_CHROMIUM"];
  if (named !== undefined && named !== "") {
    if (existsSync(named)) return named;
    throw new AppError("INVALID_INPUT", `PAREIDOLIA_CHROMIUM=${named} is no file.`);
  }
  progress("Playwright's own");
  const { code, output } = await captureTool({ root, program: ["@playwright/test", "cli.js"], args: ["install", "chromium"], signal });
  if (code === 0) return null;
  progress("a system browser");
  const found = findSystemBrowser();
  if (found !== null) return found;
  if (process.getuid?.() === 0 && findOnPath("apt-get") !== null) {
    progress("apt-get install chromium");
    installFirstOf(["chromium-headless-shell", "chromium"]);
    const installed = findSystemBrowser();
    if (installed !== null) return installed;
  }
  throw new AppError(
    "UNAVAILABLE",
    `No Chromium: Playwright could not download its own, and the system has none. Install Chromium or Chrome, or set PAREIDOLIA_CHROMIUM to one.\n${output.trim().split("\n").slice(-3).join("\n")}`,
  );
}

/** Not every distribution has the first. */
function installFirstOf(packages: readonly string[]): void {
  execFileSync("apt-get", ["update", "-qq"], { stdio: "ignore" });
  const install = ["install", "-y", "-qq", "--no-install-recommends"];
  for (const name of packages)
    try {
      execFileSync("apt-get", [...install, name], { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
      return;
    } catch {}
}

function findSystemBrowser(): string | null {
  return systemNames.map(findOnPath).find((place) => place !== null) ?? macPlaces.find((place) => existsSync(place)) ?? null;
}

function findOnPath(name: string): string | null {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file)) ?? null;
}
