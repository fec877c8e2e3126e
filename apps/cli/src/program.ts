/** The command line: all commands, the options that they share, and the help. */
import { Argument, Command } from "commander";
import { type CommandHost, examples, hostCommands } from "./commandHost.ts";
import { addAdmin } from "./commands/admin.ts";
import { addApi } from "./commands/api.ts";
import { addBulk } from "./commands/bulk.ts";
import { addComments } from "./commands/comment.ts";
import { addExperiment } from "./commands/experiment.ts";
import { addExportImport } from "./commands/exportImport.ts";
import { addLogin } from "./commands/login.ts";
import { addPull } from "./commands/pull.ts";
import { addQuery } from "./commands/query.ts";
import { addRun } from "./commands/run.ts";
import { addSweep } from "./commands/sweep.ts";
import { addVerify } from "./commands/verify.ts";
import { addViews } from "./commands/view.ts";
import { addVote } from "./commands/vote.ts";
import { addWatch } from "./commands/watch.ts";
import { addWebhooks } from "./commands/webhook.ts";
import { type Shell, shells, writeCompletion } from "./completion.ts";
import { exitCodes } from "./exitCodes.ts";
import type { Terminal } from "./terminal.ts";
import { version } from "./version.ts";

const commands: readonly ((program: Command, host: CommandHost) => void)[] = [
  addLogin,
  addRun,
  addSweep,
  addExperiment,
  addComments,
  addWatch,
  addQuery,
  addViews,
  addApi,
  addPull,
  addExportImport,
  addBulk,
  addVerify,
  addVote,
  addWebhooks,
  addAdmin,
];

const variables = `
Environment:
  PAREIDOLIA_URL    address of the server, instead of the one you last signed in to
  PAREIDOLIA_TOKEN  API key, instead of the stored one
  NO_COLOR          draw text instead of images

Exit codes:
${Object.values(exitCodes)
  .map(({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`)
  .join("\n")}
`;

/** Subcommands inherit these settings when they are created, so they come first. */
export function buildProgram(terminal: Terminal): Command {
  const program = new Command("pareidolia")
    .description("Create and study fooling images: start and watch runs, query results, and administer a workspace.")
    .version(version, "--version", "show the version")
    .helpOption("-h, --help", "show help")
    .helpCommand("help [command]", "show help of a command")
    .option("--url <address>", "address of the server")
    .option("--json", "print JSON for programs")
    .option("--jq <filter>", "filter the JSON with jq")
    .option("--quiet", "print nothing but the result and errors")
    .configureHelp({ helpWidth: terminal.outIsTty ? Math.min(terminal.columns, 120) : 100, showGlobalOptions: true })
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err, getOutHasColors: () => false, getErrHasColors: () => false })
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText(
      "after",
      examples(
        "login https://lab.example",
        "run evolution --new-experiment Demo --model lenet --watch",
        "query 'median > 0.99'",
        "watch RUN-142",
      ) + variables,
    );
  const host = hostCommands(terminal);
  for (const add of commands) add(program, host);
  program
    .command("completion")
    .description("Print a script with which a shell completes commands and options.")
    .addArgument(new Argument("<shell>", "your shell").choices(shells))
    .addHelpText("after", examples("completion bash >> ~/.bashrc", "completion fish > ~/.config/fish/completions/pareidolia.fish"))
    .action((shell: Shell) => terminal.out(writeCompletion(program, shell)));
  return program;
}
