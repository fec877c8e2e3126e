/** Old and new values of an audit entry, as text. Their names are the log's own. */
export interface ValueChange {
  readonly name: string;
  /** Null if there was none. */
  readonly before: string | null;
  /** Null if there is none. */
  readonly after: string | null;
}

const none = "none";
const maxInSummary = 2;
/** An ID or a hash. */
const isForPrograms = /^(?:\w+_)?(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{16,})$/;
const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/;
const dayAndClock = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

function writeValue(value: unknown): string {
  if (value === null || value === undefined || value === "") return none;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return isoTime.test(value) ? dayAndClock.format(new Date(value)) : value;
  if (Array.isArray(value)) return value.length === 0 ? none : value.map(writeValue).join(", ");
  if (typeof value !== "object") return JSON.stringify(value);
  return Object.entries(value)
    .map(([name, each]) => `${writeName(name)}: ${writeValue(each)}`)
    .join("; ");
}

/** `suspendedAt` becomes `suspended at`. */
function writeName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function valuesOf(given: unknown): Readonly<Record<string, unknown>> | null {
  return typeof given === "object" && given !== null && !Array.isArray(given) ? (given as Record<string, unknown>) : null;
}

/** One row for each value that the entry names, in its order. */
export function listChanges(before: unknown, after: unknown): readonly ValueChange[] {
  const [old, current] = [valuesOf(before), valuesOf(after)];
  const names = [...new Set([...Object.keys(old ?? {}), ...Object.keys(current ?? {})])];
  return names.map((name) => ({
    name: writeName(name),
    before: old === null || !(name in old) ? null : writeValue(old[name]),
    after: current === null || !(name in current) ? null : writeValue(current[name]),
  }));
}

export interface ChangeSummary {
  /** What was; null if nothing was before. */
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * The first values, for the row: `labeller` to `researcher`, or `removed` after what is gone.
 * @param subject The name of the object, which the row shows already.
 */
export function summariseChange(before: unknown, after: unknown, subject: string): ChangeSummary {
  const changes = listChanges(before, after);
  const [isGone, isNew] = [valuesOf(after) === null && valuesOf(before) !== null, valuesOf(before) === null];
  const isShown = (value: string | null) => value !== null && !isForPrograms.test(value);
  const tells = ({ before: old, after: current }: ValueChange) =>
    old !== current && !(isNew && current === none) && (isShown(old) || isShown(current));
  const changed = changes.filter(tells).slice(0, maxInSummary);
  const join = (values: readonly (string | null)[]) => {
    const text = values.filter((value) => value !== null && value !== subject && !isForPrograms.test(value)).join(", ");
    return text === "" ? null : text;
  };
  if (isGone) return { from: join(changed.map((change) => change.before)), to: "removed" };
  return { from: isNew ? null : join(changed.map((change) => change.before)), to: join(changed.map((change) => change.after)) };
}
