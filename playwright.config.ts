/**
 * End-to-end tests against the real system: `npm start` with a data folder of its own, production build, one worker.
 * Tests run side by side on one system. Those tagged @alone do not: they stop a part of it, or count or predict what others
 * create. `npm test` runs them one at a time on a second system, which then runs those tagged @undisturbed: they measure times, so nothing
 * runs beside them.
 * Those in accounts/ have a system with accounts, on which people sign in; the other systems have a single user.
 * `npm test` finds the browser and names it in PAREIDOLIA_CHROMIUM; without that Playwright uses its own.
 */
import path from "node:path";
import { defineConfig } from "@playwright/test";
import { isFull } from "./test/support/extent/sampled.ts";
import { findSampledFiles } from "./test/support/extent/sampledFiles.ts";

const port = Number(process.env["PAREIDOLIA_E2E_PORT"] ?? 3290);
const home = process.env["PAREIDOLIA_E2E_HOME"] ?? path.join(import.meta.dirname, "test/results/e2e-home");
/** "on" for the project "accounts". */
const hasAccounts = process.env["PAREIDOLIA_E2E_ACCOUNTS"] === "on";
const systemBrowser = process.env["PAREIDOLIA_CHROMIUM"];
/** These specs share a system with accounts, which their worker starts, so their project has a single worker. */
const settings = "settings/**";
/** `npm run audit -- --full` runs those that have more cases than their sample in `npm test`, and those without a sample. */
const elsewhere = isFull ? allBut(findSampledFiles([".spec.ts"])) : "**/*.full.spec.ts";
function allBut(files: readonly string[]): RegExp {
  return new RegExp(`^(?!(?:${files.map((file) => file.replaceAll(/\W/g, "\\$&")).join("|")})$)`);
}
const withoutMotion = { contextOptions: { reducedMotion: "reduce" } } as const;
const quiet = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-quic",
];
/**
 * V8 optimises a function after ten times as many calls and iterations. A test leaves a page before the optimised code has saved as much
 * time as it cost, a tenth of the browser's. Loops that draw images are still optimised.
 */
const lateOptimisation = "--js-flags=--invocation-count-for-maglev=4000,--invocation-count-for-turbofan=30000,--interrupt-budget=1320000";
const launchWith = (args: readonly string[]) => (systemBrowser === undefined ? {} : { executablePath: systemBrowser, args: [...args] });

export default defineConfig({
  testDir: "test/e2e",
  outputDir: "test/results/e2e",
  fullyParallel: false,
  // The project "alone" runs beside them with a browser of its own.
  workers: 2,
  projects: [
    // First, while the other worker of `npm test` begins with the project "together".
    { name: "settings", testMatch: settings, testIgnore: elsewhere, workers: 1, use: withoutMotion },
    // Without motion: a running animation has every open page drawn 60 times a second. The other project's pages move.
    {
      name: "together",
      grepInvert: /@alone|@undisturbed/,
      testIgnore: ["accounts/**", settings, elsewhere],
      use: withoutMotion,
    },
    { name: "alone", grep: /@alone/, testIgnore: ["accounts/**", elsewhere], workers: 1 },
    {
      name: "undisturbed",
      grep: /@undisturbed/,
      testIgnore: ["accounts/**", elsewhere],
      workers: 1,
      // It measures what users get.
      use: { launchOptions: launchWith(quiet) },
    },
    { name: "accounts", testMatch: "accounts/**", testIgnore: elsewhere, workers: 1, use: withoutMotion },
  ],
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [["list"], ["json", { outputFile: process.env["PLAYWRIGHT_JSON_OUTPUT_NAME"] ?? "test/results/playwright.json" }]],
  use: {
    baseURL: `http://localhost:${port}`,
    // Even without screenshots, traces take a twentieth of the stage's processor time. A failure is reported with the log of its step, the
    // page's accessibility tree and a screenshot; `--trace on` records a trace.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: launchWith([...quiet, lateOptimisation]),
  },
  webServer: {
    command: "node --conditions=source --disable-warning=ExperimentalWarning apps/launcher/src/start.ts",
    env: {
      PORT: String(port),
      PAREIDOLIA_HOME: home,
      PAREIDOLIA_SINGLE_USER: hasAccounts ? "off" : "on",
      PAREIDOLIA_URL: "",
      // The servers that tests name to a worker are on this machine.
      PAREIDOLIA_FETCH_FROM_LOOPBACK: "true",
      API_PORT: "",
      DATABASE_URL: "",
      S3_ENDPOINT: "",
      NODE_ENV: "production",
    },
    // The token of the owner's link becomes the environment variable PAREIDOLIA_OWNER_TOKEN of the tests.
    wait: { stdout: hasAccounts ? /\/first\/(?<pareidolia_owner_token>[\w-]+)/ : /Pareidolia is ready/ },
    timeout: 300_000,
    stdout: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
  },
});
