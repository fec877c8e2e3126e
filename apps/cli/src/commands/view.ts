/** `pareidolia view`: saved searches of runs and experiments. */
import { type Command, Option } from "commander";
import { change } from "../changes.ts";
import { type CommandHost, examples } from "../commandHost.ts";
import { type ConfirmOptions, confirm, yesOption } from "../confirm.ts";
import type { Context } from "../context.ts";
import { CliError } from "../failure.ts";
import { createView, deleteView, type ViewRow, type ViewsRead, views } from "../noteDocuments.ts";
import { drawTable } from "../output/table.ts";
import { printSearch, readColumns, readLimit, readSort, type Sort } from "./query.ts";
import { sent } from "./runKinds.ts";

async function readViews(context: Context): Promise<readonly ViewRow[]> {
  const { runs, experiments } = await context.client.query<ViewsRead>(views, {}, sent(context));
  return [...runs, ...experiments];
}

/** By key, ID or name. */
async function findView(context: Context, wanted: string): Promise<ViewRow> {
  const found = (await readViews(context)).filter(
    ({ id, key, name }) => id === wanted || key.toLowerCase() === wanted.toLowerCase() || name === wanted,
  );
  const [view] = found;
  if (view === undefined) throw new CliError("notFound", `There is no view ${wanted}. \`pareidolia view list\` lists them.`);
  if (found.length > 1) throw new CliError("conflict", `${found.length} views have the name ${wanted}. Give the key.`);
  return view;
}

async function list(context: Context): Promise<void> {
  const found = await readViews(context);
  await context.print({
    json: found,
    text: () =>
      found.length === 0
        ? "No views.\n"
        : drawTable(
            found,
            [
              { title: "View", value: ({ key }) => key },
              { title: "Name", value: ({ name }) => name },
              { title: "Of", value: ({ list: of }) => of.toLowerCase() },
              { title: "Search", value: ({ search }) => search },
              { title: "For", value: ({ shared }) => (shared ? "everyone here" : "you") },
            ],
            context.tableWidth,
          ),
  });
}

interface ShowOptions {
  readonly limit: number;
  readonly csv?: boolean;
}

async function show(context: Context, options: ShowOptions, wanted = ""): Promise<void> {
  const view = await findView(context, wanted);
  if (view.groupBy.length > 0) context.note(`The page groups this view by ${view.groupBy.join(", ")}; here are its single rows.`);
  const isDescending = view.sort.startsWith("-");
  const sort: Sort = { column: isDescending ? view.sort.slice(1) : view.sort, direction: isDescending ? "DESC" : "ASC" };
  const columns = view.columns.length === 0 ? {} : { columns: view.columns };
  await printSearch(context, { ...options, ...columns, of: view.list === "RUNS" ? "runs" : "experiments", sort }, view.search);
}

interface CreateOptions {
  readonly of: "runs" | "experiments";
  readonly search: string;
  readonly columns: readonly string[];
  readonly sort: Sort;
  readonly shared?: boolean;
}

async function create(context: Context, { of, search, columns, sort, shared }: CreateOptions, name = ""): Promise<void> {
  const state = { search, columns, sort: `${sort.direction === "DESC" ? "-" : ""}${sort.column}` };
  const input = { list: of.toUpperCase(), name, state, shared: shared === true };
  const { view } = await change<{ readonly view: ViewRow }>(context, createView, input);
  await context.print({ json: view, text: () => `${view.key} is saved. Show it with \`pareidolia view show ${view.key}\`.\n` });
}

async function remove(context: Context, options: ConfirmOptions, wanted = ""): Promise<void> {
  const { id, key, name } = await findView(context, wanted);
  await confirm(context, options, `Delete ${key}, ${name}?`);
  const { deletedId } = await change<{ readonly deletedId: string }>(context, deleteView, { viewId: id });
  await context.print({ json: { deletedId }, text: () => `${key} is deleted.\n` });
}

export function addViews(program: Command, { run }: CommandHost): void {
  const parent = program.command("view").description("Save searches of runs and experiments, and show them.");
  const view = ["<view>", "key or name of the view, such as VIEW-7"] as const;
  parent
    .command("list")
    .description("List your views, and those that others share.")
    .action(run((context) => list(context)));
  parent
    .command("show")
    .description("List the runs or experiments of a view, with its columns and its order.")
    .argument(...view)
    .option("--limit <count>", "number of rows, or all", readLimit, 50)
    .option("--csv", "print CSV")
    .addHelpText("after", examples("view show VIEW-7", "view show 'Best runs' --limit all --csv > best.csv"))
    .action(run<ShowOptions>(show));
  parent
    .command("create")
    .description("Save a search.")
    .argument("<name>", "its name")
    .addOption(new Option("--of <what>", "what it lists").choices(["runs", "experiments"]).default("runs"))
    .option("--search <expression>", "search expression; default: everything", "")
    .option("--columns <names>", "columns, separated by commas; default: those of the list", readColumns, [])
    .option("--sort <column>", "column to sort by, such as median:desc", readSort, { column: "updated", direction: "DESC" })
    .option("--shared", "show it to all members of the workspace")
    .addHelpText(
      "after",
      examples("view create 'Best runs' --search 'median > 0.99' --columns key,name,median --sort median:desc --shared"),
    )
    .action(run<CreateOptions>(create));
  parent
    .command("delete")
    .description("Delete a view.")
    .argument(...view)
    .option(...yesOption)
    .action(run<ConfirmOptions>(remove));
}
