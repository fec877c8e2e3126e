/** A saved comparison as the body of an HTML file: notes, settings, curves, figures, tests, and images with their hashes. */
import type { ReactNode } from "react";
import { plot } from "../charts/chartLayout.ts";
import { ComparedLines } from "../comparison/ComparedLines.tsx";
import { letterOf } from "../comparison/comparedRuns.ts";
import { deltaInNines } from "../comparison/deltas.ts";
import { lineOf } from "../comparison/EntryMark.tsx";
import { evolved, outcomesOf } from "../comparison/outcomeRows.ts";
import { formatP, type Measure, measureTexts } from "../comparison/TestTable.tsx";
import { valuesOfEntry } from "../comparison/valuesOfEntry.ts";
import { Markdown } from "../markdown/Markdown.tsx";
import { formatConfidence, formatMiss, rampColor } from "../marks/confidence.ts";
import { imageZoom } from "../marks/imageZoom.ts";
import { formatCount } from "../marks/numbers.ts";
import { OutcomeCount } from "../marks/Outcome.tsx";
import type { SavedComparison, SavedImage } from "./savedComparison.ts";

const chartWidth = 720;
const imageSide = 84;

interface ComparisonDocumentProps {
  readonly saved: SavedComparison;
  /** Address of the comparison's page. */
  readonly address: string;
  /** The class of the chart, whose styles the file has. */
  readonly chart: string;
}

export function ComparisonDocument({ saved, address, chart }: ComparisonDocumentProps) {
  const { key, title, notes, createdAt, createdBy, generation, baseline, entries, rows } = saved;
  const hasGenerations = generation >= 0;
  return (
    <main>
      <h1>{title}</h1>
      <p className="second">
        <a href={address}>{key}</a>, saved {String(createdAt)} by {createdBy?.name ?? "a former member"}
        {hasGenerations ? `, at generation ${formatCount(generation)}` : ""}
        {baseline == null ? "" : `, with ${letterOf(baseline)} as the baseline`}. Figures and images date from then.
      </p>
      {notes === "" ? null : (
        <section>
          <h2>Notes</h2>
          <Markdown text={notes} />
        </section>
      )}
      <Section title="Entries">
        <Table
          columns={["", "Line", "Name", "Runs"]}
          rows={entries.map(({ name, runs }, entry) => [
            <Mark key="mark" entry={entry} />,
            <svg key="line" width="26" height="8" aria-hidden="true">
              <line x1="0" x2="26" y1="4" y2="4" stroke="currentColor" {...lineOf(entry)} />
            </svg>,
            name,
            runs.map((run) => run.key).join(", "),
          ])}
        />
      </Section>
      <Settings saved={saved} />
      <Claims saved={saved} />
      <Outcomes saved={saved} />
      {hasGenerations ? (
        <>
          <Section title="Median confidence">
            <div className="wide">
              <svg className={chart} width={chartWidth} height={plot.height} role="img" aria-label="Median confidence over generations">
                <ComparedLines comparison={saved} width={chartWidth} shown={generation} />
              </svg>
            </div>
            <p className="second">
              Each line is the median over the classes at each generation. Lines of groups are means over runs on the scale of nines, with
              95% intervals for other runs (Student’s t). The vertical line marks generation {formatCount(generation)}.
            </p>
          </Section>
          <Figures saved={saved} />
          <Tests saved={saved} />
        </>
      ) : (
        <p className="second">None of these runs had stored a generation, so there are no curves.</p>
      )}
      {rows.length === 0 ? null : <Images saved={saved} />}
    </main>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Mark({ entry }: { readonly entry: number }) {
  return <b className="mark">{letterOf(entry)}</b>;
}

function Table({ columns, rows }: { readonly columns: readonly ReactNode[]; readonly rows: readonly (readonly ReactNode[])[] }) {
  return (
    <div className="wide">
      <table>
        <thead>
          <tr>
            {columns.map((column, place) => (
              <th key={place} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={row}>
              {cells.map((cell, place) => (
                <td key={place}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface PartProps {
  readonly saved: SavedComparison;
}

const marksOf = ({ entries }: SavedComparison) => entries.map((_, entry) => <Mark key={entry} entry={entry} />);

function Settings({ saved }: PartProps) {
  const differing = saved.parameters.filter(({ differs }) => differs);
  if (differing.length === 0) return null;
  return (
    <Section title="Settings that differ">
      <Table columns={["Setting", ...marksOf(saved)]} rows={differing.map(({ label, values }) => [label, ...values.map(valuesOfEntry)])} />
    </Section>
  );
}

function Claims({ saved }: PartProps) {
  if (saved.claims.length === 0) return null;
  return (
    <Section title="Stated by the source">
      <p className="second">Figures of imported runs, which were not measured here.</p>
      <Table columns={["Metric", ...marksOf(saved)]} rows={saved.claims.map(({ name, values }) => [name, ...values.map(valuesOfEntry)])} />
    </Section>
  );
}

const orDash = (value: number | null | undefined): string => (value == null ? "–" : formatMiss(value));

function Outcomes({ saved }: PartProps) {
  const rows = outcomesOf(saved);
  if (rows.length === 0) return null;
  return (
    <Section title="Results">
      <Table
        columns={["", "Name", "Kind", "Median", "95% interval for other runs", "Runs", "Reached"]}
        rows={rows.map(({ entry, outcome: { kindLabel, runCount, median, ...outcome } }) => [
          <Mark key="mark" entry={entry} />,
          saved.entries[entry]?.name ?? "",
          kindLabel,
          orDash(median?.mean),
          median?.low == null || median.high == null
            ? (median?.intervalReason ?? "–")
            : `${formatMiss(median.low)} to ${formatMiss(median.high)}`,
          runCount,
          <OutcomeCount key="reached" outcome={outcome} />,
        ])}
      />
    </Section>
  );
}

function Figures({ saved: { entries, figures, reach, generation } }: PartProps) {
  return (
    <Section title={`At generation ${formatCount(generation)}`}>
      <Table
        columns={["", "Name", "Median", "95% interval for other runs", "Runs", "Quartiles", "≥ .9999", "First median ≥ .9999"]}
        rows={evolved(figures).map(({ entry, median, lowerQuartile, upperQuartile, fooling, nicheCount }) => [
          <Mark key="mark" entry={entry} />,
          entries[entry]?.name ?? "",
          orDash(median?.mean),
          median?.low == null || median.high == null
            ? (median?.intervalReason ?? "–")
            : `${formatMiss(median.low)} to ${formatMiss(median.high)}`,
          median?.runCount ?? 0,
          lowerQuartile == null || upperQuartile == null ? "–" : `${formatMiss(lowerQuartile)} to ${formatMiss(upperQuartile)}`,
          fooling == null ? "–" : `${Number(fooling.mean.toFixed(1))} / ${formatCount(nicheCount)}`,
          reach[entry]?.median == null ? "not reached" : `generation ${formatCount(Math.round(reach[entry].median))}`,
        ])}
      />
    </Section>
  );
}

function Tests({ saved }: PartProps) {
  const tests: readonly (readonly [Measure, SavedComparison["medianTests"]])[] = [
    ["MEDIAN", saved.medianTests],
    ["FOOLING", saved.foolingTests],
    ["FIRST_REACHED", saved.firstReachedTests],
  ];
  const rows = tests.flatMap(([measure, { pairs }]) =>
    pairs.map(({ first, second, delta, deltaLow, deltaHigh, p, adjustedP, method }) => [
      measureTexts[measure],
      `${letterOf(first)}, ${letterOf(second)}`,
      delta.toFixed(2),
      `${deltaLow.toFixed(2)} to ${deltaHigh.toFixed(2)}`,
      formatP(p),
      formatP(adjustedP),
      method.toLowerCase(),
    ]),
  );
  if (rows.length === 0) return null;
  return (
    <Section title="Tests between groups">
      <Table columns={["Measure", "Pair", "Cliff’s δ", "95% interval for other runs", "p", "Holm’s p", "Method"]} rows={rows} />
      <p className="second">
        Mann-Whitney U test; δ is positive if the first group’s values tend to be larger. Holm’s p is corrected for all tests of the same
        measure.
      </p>
    </Section>
  );
}

function Images({ saved }: PartProps) {
  const { entries, rows, baseline } = saved;
  return (
    <Section title="Images">
      <Table
        columns={["Class", ...marksOf(saved)]}
        rows={rows.map(({ label, images }) => {
          const base = baseline == null ? null : (images[baseline] ?? null);
          return [
            label,
            ...images.map((kept, entry) =>
              kept == null ? (
                "no image"
              ) : (
                <Kept key={entry} kept={kept} base={entry === baseline ? null : base} namesRun={(entries[entry]?.runs.length ?? 0) > 1} />
              ),
            ),
          ];
        })}
      />
      <p className="second">Below each image: its confidence, and the SHA-256 of its stored file.</p>
    </Section>
  );
}

interface KeptProps {
  readonly kept: SavedImage;
  /** The baseline's image of the class; null for the baseline itself. */
  readonly base: SavedImage | null;
  /** Whether the entry has several runs. */
  readonly namesRun: boolean;
}

function Kept({ kept: { image, confidence, label, runKey, sha256 }, base, namesRun }: KeptProps) {
  const zoom = image == null ? 1 : imageZoom(image, imageSide);
  return (
    <figure>
      {image == null ? (
        "cannot be shown"
      ) : (
        <img src={image.url} width={image.width * zoom} height={image.height * zoom} alt={`${label}, ${formatConfidence(confidence)}`} />
      )}
      <figcaption>
        <i style={{ background: rampColor(confidence) }} /> {formatConfidence(confidence)}
        <span>{base === null ? formatMiss(confidence) : deltaInNines(confidence, base.confidence)}</span>
        {namesRun ? <span>{runKey}</span> : null}
        <code>{sha256}</code>
      </figcaption>
    </figure>
  );
}
