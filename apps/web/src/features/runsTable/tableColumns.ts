/** The columns of the table of runs: every field of the search language, and those that show images, intervals and what people say. */
import type { SearchField } from "@pareidolia/search/fields/field";
import { runFields } from "@pareidolia/search/fields/runFields";

export interface TableColumn {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** Null for a column that no search can name. */
  readonly field: SearchField | null;
  /** The field whose order a click on the heading gives; null if there is none. */
  readonly sortField: string | null;
  readonly isNumber: boolean;
  /** In pixels; null takes what is left. */
  readonly width: number | null;
}

const special: readonly TableColumn[] = [
  {
    id: "images",
    label: "Six surest",
    description: "The run's most confident images, in order of classes.",
    field: null,
    sortField: null,
    isNumber: false,
    width: 190,
  },
  {
    id: "nines",
    label: "Mean ± SD",
    description: "Median confidence in nines, −log10(1 − p); of a group, the mean and standard deviation over its runs.",
    field: null,
    sortField: "median",
    isNumber: true,
    width: 84,
  },
  {
    id: "interval",
    label: "95% interval over seeds",
    description: "Median confidence on the nines scale; of a group, each run and the 95% interval of the mean.",
    field: null,
    sortField: "median",
    isNumber: false,
    width: 166,
  },
  {
    id: "people",
    label: "People recognise",
    description: "Mean share of people who recognise what the network names, beyond guessing, over the run's images with votes.",
    field: null,
    sortField: "recognition",
    isNumber: false,
    width: 112,
  },
];

/** Fields without which a column says too little in a file: what a run counts as reached, of how many. */
const companions: Readonly<Record<string, readonly string[]>> = { reached: ["results", "measure"] };

const widths: Readonly<Record<string, number | null>> = { state: 110, median: 92, reached: 124, tag: null, updated: 92 };

function ofField(field: SearchField): TableColumn {
  const isNumber = field.type === "number";
  return {
    id: field.name,
    label: field.label,
    description: field.description,
    field,
    sortField: field.isSortable ? field.name : null,
    isNumber: isNumber || field.type === "date",
    width: widths[field.name] === undefined ? (isNumber ? 96 : 120) : (widths[field.name] as number | null),
  };
}

/** The run itself is always the first column. */
export const tableColumns: readonly TableColumn[] = [
  ...special,
  ...runFields.fields.filter(({ hasColumn, name }) => hasColumn && name !== "run").map(ofField),
];

const byId = new Map(tableColumns.map((column) => [column.id, column]));

/** By its name or an alias. Recorded fields are columns, too: which of them runs have, only the database knows. */
export function findColumn(id: string): TableColumn | undefined {
  const listed = byId.get(id);
  if (listed !== undefined) return listed;
  const field = runFields.find(id);
  if (field === null) return undefined;
  return field.isRecorded ? ofField(field) : byId.get(field.name);
}

export const defaultColumns: readonly string[] = ["state", "images", "median", "nines", "interval", "reached", "people", "tag", "updated"];

/** Whether the table shows what people say. */
export const showsPeople = (columns: readonly TableColumn[]): boolean => columns.some(({ id }) => id === "people");

/** Fields that the API has to read for these columns, without repetition. */
export function fieldsOf(columns: readonly TableColumn[]): readonly string[] {
  const named = columns.flatMap(({ field }) => (field === null ? [] : [field.name, ...(companions[field.name] ?? [])]));
  return [...new Set(["median", "updated", "name", ...named])];
}

/** The columns of a group whose numbers are summarised; the API permits eight. */
export function measuresOf(columns: readonly TableColumn[]): readonly string[] {
  const numbers = columns.flatMap(({ field }) =>
    (field?.type === "number" || field?.type === "mixed") && !(field.name in companions) ? [field.name] : [],
  );
  return [...new Set(["median", ...numbers])].slice(0, 8);
}
