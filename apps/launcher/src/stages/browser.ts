/**
 * Finds a Chromium for the end-to-end tests: Playwright's own, which is downloaded if missing; else an installed browser; else, as root
 * on Debian or Ubuntu, the distribution's package, which is installed.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { captureTool } from "../checks/runTool.ts";

/** The headless shell has no windows and opens a page in half the time. */
const systemNames = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const macBrowsers = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"];

/** The path of a system browser, or null for Playwright's own. @throws AppError UNAVAILABLE if there is none. */
export async function findBrowser(root: string, signal: AbortSignal, progress: (detail: string) => void): Promise<string | null> {
  const named = process.env["PAREIDOLIA_CHROMIUM"];
  if (named !== undefined && named !== "") {
    if (existsSync(named)) return named;
    throw new AppError("INVALID_INPUT", `PAREIDOLIA_CHROMIUM=${named} does not exist.`);
  }
  progress("Playwright's browser");
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
    `No Chromium found: Playwright could not download it, and the system has none. Install Chromium or Chrome, or set PAREIDOLIA_CHROMIUM to its path.\n${output.trim().split("\n").slice(-3).join("\n")}`,
  );
}

/** Tries the packages in turn, since not every distribution has the first. The caller checks the result. */
function installFirstOf(packages: readonly string[]): void {
  execFileSync("apt-get", ["update", "-qq"], { stdio: "ignore" });
  const install = ["install", "-y", "-qq", "--no-install-recommends"];
  for (const name of packages)
    try {
      execFileSync("apt-get", [...install, name], { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
      return;
    } catch {
      // No such package: try the next.
    }
}

function findSystemBrowser(): string | null {
  return systemNames.map(findOnPath).find((file) => file !== null) ?? macBrowsers.find((file) => existsSync(file)) ?? null;
}

function findOnPath(name: string): string | null {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file)) ?? null;
}
