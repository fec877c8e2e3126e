/** What browser tests do and see on the voting page. */
import { expect, type Locator, type Page } from "@playwright/test";

interface SentVote {
  readonly trial: number;
  readonly submissionId: string;
  readonly answer: { readonly choice?: number; readonly skipped?: boolean; readonly cantTell?: boolean };
  readonly responseMs: number;
  readonly timing: { readonly shownMs: number; readonly frames: number; readonly droppedFrames: number; readonly requestedMs: number };
}

/** The votes that the page sends, repeated ones included. */
export function recordVotes(page: Page): readonly SentVote[] {
  const votes: SentVote[] = [];
  page.on("request", (request) => {
    if (!request.url().endsWith("/graphql") || request.method() !== "POST") return;
    const { variables } = request.postDataJSON() as { variables?: { input?: { votes?: SentVote[] } } };
    votes.push(...(variables?.input?.votes ?? []));
  });
  return votes;
}

export const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });
const position = (page: Page) => page.getByRole("progressbar");

/** Waits until a trial's image is there. The page itself waits, as a question for each of hundreds of trials adds up. */
export async function expectTrial(page: Page, number: number, total: number): Promise<void> {
  const isShown = (name: string) => {
    const player = document.querySelector<HTMLElement>("[data-player]");
    const phase = player?.checkVisibility({ visibilityProperty: true }) === true ? player.dataset["phase"] : undefined;
    const isImage = phase === "image" || phase === "answer";
    return isImage && document.querySelector("[data-player] [role=progressbar]")?.getAttribute("aria-label") === name;
  };
  const name = `Image ${number} of ${total}`;
  await page.waitForFunction(isShown, name, { timeout: 20_000 }).catch(async (error: unknown) => {
    // Its message says what the page shows instead.
    await expect(position(page)).toHaveAccessibleName(name);
    throw error;
  });
}

async function join(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await expect(heading(page, "How it works")).toBeVisible();
}

/** Joins and skips the practice. */
export async function start(page: Page, path: string): Promise<void> {
  await join(page, path);
  await page.getByRole("button", { name: "Skip the practice" }).click();
}

/** After the last trial. */
export async function finishVoting(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Finish" }).click();
  await expect(heading(page, "Thank you")).toBeVisible();
}

/** Both clicks are on their way before the page answers the first: on a busy machine they would be two single clicks otherwise. */
export async function doubleClick(key: Locator): Promise<void> {
  await key.hover();
  const { mouse } = key.page();
  await Promise.all([mouse.down(), mouse.up(), mouse.down({ clickCount: 2 }), mouse.up({ clickCount: 2 })]);
}
