"use client";
/** The raw trials of a study: files to download, the first rows, and what each column means. */
import { trialColumns } from "@pareidolia/perception/study/trialTable";
import { useEffect, useState } from "react";
import { useAddress } from "../addresses/navigation.ts";
import buttonStyles from "../marks/Button.module.css";
import { Button } from "../marks/Button.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { formatCell, readFirstTrials, type TrialRow } from "./firstTrials.ts";
import { ResultSection } from "./ResultSection.tsx";
import styles from "./StudyResults.module.css";

const shownRows = 50;

type Loaded = { readonly rows: readonly TrialRow[] } | { readonly problem: string } | null;

export function TrialsTab({ studyKey }: { readonly studyKey: string }) {
  const [loaded, setLoaded] = useState<Loaded>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt reads again
  useEffect(() => {
    const leave = new AbortController();
    readFirstTrials(studyKey, shownRows, leave.signal).then(
      (rows) => setLoaded({ rows }),
      (error: Error) => {
        if (!leave.signal.aborted) setLoaded({ problem: error.message });
      },
    );
    return () => leave.abort();
  }, [studyKey, attempt]);
  const address = useAddress()(`/studies/${encodeURIComponent(studyKey)}/trials`);
  return (
    <div className={styles.stack}>
      <ResultSection title="Raw trials">
        <p className="second">
          A row for each answered or skipped trial, with the voter’s pseudonym, what was on the screen, and whether the plan leaves it out.
          Voters who withdrew are not among them.
        </p>
        <p className={`pageActions ${styles.below}`}>
          <a className={buttonStyles.button} href={`${address}.csv`} download>
            CSV
          </a>
          <a className={buttonStyles.button} href={`${address}.jsonl`} download>
            JSON lines
          </a>
          <a className={buttonStyles.button} href={`${address}.parquet`} download>
            Parquet
          </a>
        </p>
        <div className={styles.below}>
          {loaded === null ? <SkeletonLines count={6} height={28} /> : null}
          {loaded !== null && "problem" in loaded ? (
            <p role="alert" className="second">
              The trials could not be loaded. {loaded.problem}{" "}
              <Button
                onClick={() => {
                  setLoaded(null);
                  setAttempt(attempt + 1);
                }}
              >
                Try again
              </Button>
            </p>
          ) : null}
          {loaded !== null && "rows" in loaded ? <TrialTable rows={loaded.rows} /> : null}
        </div>
      </ResultSection>
      <ResultSection title="Columns">
        <dl className={styles.columns}>
          {trialColumns.map(({ name, description }) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
              </dt>
              <dd className="second">{description}</dd>
            </div>
          ))}
        </dl>
      </ResultSection>
    </div>
  );
}

function TrialTable({ rows }: { readonly rows: readonly TrialRow[] }) {
  if (rows.length === 0) return <p className="second">There are no trials yet.</p>;
  return (
    <>
      <div className={`${styles.scroll} ${styles.trials}`} tabIndex={0} role="region" aria-label="The first trials">
        <table>
          <thead>
            <tr>
              {trialColumns.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {trialColumns.map(({ name }) => (
                  <td key={name} className="n12">
                    {formatCell(row[name])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={`t12 muted ${styles.below}`}>
        {rows.length < shownRows ? "All trials." : `The first ${shownRows} trials; the files have all.`}
      </p>
    </>
  );
}
