/** Asks before a change that cannot be taken back. */
import type { Context } from "./context.ts";
import { CliError } from "./failure.ts";

export interface ConfirmOptions {
  /** For programs: confirms without a question. */
  readonly yes?: boolean;
}

export const yesOption = ["--yes", "do not ask"] as const;

/** @throws CliError if the user declines, or if there is no terminal to ask on. */
export async function confirm({ terminal }: Context, { yes }: ConfirmOptions, question: string): Promise<void> {
  if (yes === true) return;
  if (!terminal.inIsTty) throw new CliError("usage", `${question} Add --yes to confirm it: there is no terminal to ask on.`);
  const answer = await terminal.ask(`${question} [y/N] `);
  if (!/^y(es)?$/i.test(answer.trim())) throw new CliError("failed", "Nothing was changed.");
}
