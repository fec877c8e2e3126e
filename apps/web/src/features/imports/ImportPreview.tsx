"use client";
/** What an import would make of a file: warnings, the columns and their use, and the first runs. */
import { toast } from "sonner";
import { useMutation } from "urql";
import { type ImportColumnChoice, type ImportOnPageFragment, MapImportColumnsDocument } from "../../graphql/generated/graphql.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { formatCount } from "../marks/numbers.ts";
import { usePermissions } from "../permissions/usePermissions.ts";
import { formatParameter } from "../run/parameterEntries.ts";
import styles from "./Imports.module.css";
import { choices, columnUseLabels } from "./importStates.ts";

interface PreviewProps {
  readonly node: ImportOnPageFragment;
  readonly preview: NonNullable<ImportOnPageFragment["preview"]>;
  readonly onChanged: () => void;
}

const shownLines = 20;

export function Notices({ title, count, lines }: { readonly title: string; readonly count: number; readonly lines: readonly string[] }) {
  if (count === 0) return null;
  return (
    <section>
      <h3>
        {title} <span className="n12 muted">{formatCount(count)}</span>
      </h3>
      <ul className={styles.notices}>
        {lines.slice(0, shownLines).map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines never change their order.
          <li key={index}>{line}</li>
        ))}
        {count > Math.min(lines.length, shownLines) ? <li>and {formatCount(count - Math.min(lines.length, shownLines))} more</li> : null}
      </ul>
    </section>
  );
}

export function ImportPreview({ node, preview, onChanged }: PreviewProps) {
  return (
    <>
      <Thumbnails node={node} preview={preview} />
      <Notices title="Warnings" count={preview.warnings.length} lines={preview.warnings} />
      <Notices title="Damaged" count={preview.skippedCount} lines={preview.skipped.map(({ what, reason }) => `${what}: ${reason}`)} />
      {preview.columns.length > 0 ? (
        <Columns node={node} preview={preview} onChanged={onChanged} />
      ) : (
        <Notices title="Files that are not imported" count={preview.unmappedCount} lines={preview.unmapped} />
      )}
      {preview.runs.length > 0 ? <Runs preview={preview} /> : null}
    </>
  );
}

function Thumbnails({ node: { thumbnails }, preview: { imageCount } }: Pick<PreviewProps, "node" | "preview">) {
  if (thumbnails.length === 0) return null;
  return (
    <section>
      <h3>
        Images{" "}
        <span className="t12 muted">
          {thumbnails.length < imageCount ? `the first ${thumbnails.length} of ${formatCount(imageCount)}` : formatCount(imageCount)}
        </span>
      </h3>
      <ul className={styles.thumbnails}>
        {thumbnails.map(({ url, label }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the images never change their order.
          <li key={index}>
            <img src={url} alt={label === "" ? `Image ${index}` : label} title={label} width={56} height={56} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Columns({ node, preview, onChanged }: PreviewProps) {
  const { may } = usePermissions();
  const [{ fetching }, map] = useMutation(MapImportColumnsDocument);
  const change = async (column: string, use: ImportColumnChoice) => {
    // All columns that can be chosen keep their present use, so that earlier choices hold.
    const kept = preview.columns.filter(({ role }) => choices.some((choice) => choice === role));
    const columns = [
      ...kept.filter((each) => each.column !== column).map((each) => ({ column: each.column, use: each.role as ImportColumnChoice })),
      { column, use },
    ];
    const { data, error } = await map({ input: { importId: node.id, columns } });
    const problem = mutationProblem(data?.mapImportColumns, error);
    if (problem !== null) toast.error(problem);
    onChanged();
  };
  return (
    <section>
      <h3>
        Columns <span className="n12 muted">{formatCount(preview.columns.length)}</span>
      </h3>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Becomes</th>
              <th scope="col" className={styles.wide}>
                First rows
              </th>
            </tr>
          </thead>
          <tbody>
            {preview.columns.map(({ column, role, first }) => (
              <tr key={column}>
                <th scope="row">{column}</th>
                <td>
                  {choices.some((choice) => choice === role) ? (
                    <select
                      className="input"
                      aria-label={`Use of ${column}`}
                      value={role}
                      disabled={fetching || !may("mapImportColumns")}
                      onChange={(event) => void change(column, event.target.value as ImportColumnChoice)}
                    >
                      {choices.map((choice) => (
                        <option key={choice} value={choice}>
                          {columnUseLabels[choice]}
                        </option>
                      ))}
                    </select>
                  ) : (
                    columnUseLabels[role]
                  )}
                </td>
                <td className={`${styles.wide} ${styles.cell} n12 second`}>{first.join(" · ")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function entriesText(entries: unknown): string {
  return Object.entries(entries as Readonly<Record<string, unknown>>)
    .map(([name, value]) => `${name} ${formatParameter(value)}`)
    .join(", ");
}

function Runs({ preview }: Pick<PreviewProps, "preview">) {
  const { runs, runCount } = preview;
  return (
    <section>
      <h3>
        Runs{" "}
        <span className="t12 muted">
          {runs.length < runCount ? `the first ${formatCount(runs.length)} of ${formatCount(runCount)}` : formatCount(runCount)}
        </span>
      </h3>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">State</th>
              <th scope="col">Metrics</th>
              <th scope="col" className={styles.wide}>
                Parameters
              </th>
              <th scope="col" className={styles.wide}>
                Images
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.map(({ key, name, state, metrics, parameters, imageCount }) => (
              <tr key={key}>
                <th scope="row">{name}</th>
                <td>{state}</td>
                <td className={`${styles.cell} n12`}>{entriesText(metrics)}</td>
                <td className={`${styles.wide} ${styles.cell} n12`}>{entriesText(parameters)}</td>
                <td className={`${styles.wide} n12`}>{formatCount(imageCount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
