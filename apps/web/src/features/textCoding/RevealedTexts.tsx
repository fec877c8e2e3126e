"use client";
/** The texts whose codes are revealed: agreement of the coders, final codes, decisions, and the file of all codes. */
import { useAddress } from "../addresses/navigation.ts";
import buttonStyles from "../marks/Button.module.css";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { WholeListTools } from "../marks/WholeListTools.tsx";
import { BigFigure } from "../studyResults/FigureText.tsx";
import { formatUnit } from "../studyResults/resultFormats.ts";
import { codeName, type LoadedCoding, type LoadedDispute } from "./codeWords.ts";
import { codingQuery } from "./codingQuery.ts";
import styles from "./TextCoding.module.css";

interface RevealedTextsProps {
  readonly studyKey: string;
  readonly coding: LoadedCoding;
}

export function RevealedTexts({ studyKey, coding }: RevealedTextsProps) {
  const address = useAddress();
  const { revealed, revealedCount } = coding;
  if (revealedCount === 0) return null;
  const coders = [...new Set(revealed.flatMap(({ codes }) => codes.map(({ coder }) => coder)))].toSorted();
  const codeOf = (text: LoadedDispute, coder: string): string => {
    const found = text.codes.find((each) => each.coder === coder);
    return found === undefined ? "" : codeName(found.code);
  };
  return (
    <section aria-labelledby="revealed" className={styles.section}>
      <div className="sectionHead">
        <h2 id="revealed">
          Compared texts <span className="n12 muted">{revealedCount}</span>
        </h2>
        <a className={buttonStyles.button} href={address(`/studies/${encodeURIComponent(studyKey)}/codes.csv`)} download>
          All codes as CSV
        </a>
      </div>
      <Agreement agreement={coding.agreement} />
      <WholeListTools
        name={`${studyKey}-codes`}
        rows={revealed}
        columns={{
          text: ({ text }) => text,
          answers: ({ votes }) => votes,
          ...Object.fromEntries(coders.map((coder) => [coder, (text: LoadedDispute) => codeOf(text, coder)])),
          final: ({ finalCode }) => (finalCode == null ? null : codeName(finalCode)),
          reason: ({ decision }) => decision?.reason ?? null,
        }}
        query={codingQuery(studyKey)}
      />
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Text</th>
              <th scope="col">Answers</th>
              {coders.map((coder) => (
                <th key={coder} scope="col">
                  {coder}
                </th>
              ))}
              <th scope="col">Counts as</th>
            </tr>
          </thead>
          <tbody>
            {revealed.map((text) => (
              <tr key={text.text}>
                <th scope="row">{text.text}</th>
                <td className="n12">{text.votes}</td>
                {coders.map((coder) => (
                  <td key={coder}>{codeOf(text, coder)}</td>
                ))}
                <td>
                  <FinalCode text={text} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {revealedCount > revealed.length ? (
        <p className="t12 muted">The first {revealed.length} are listed; the file has all of them.</p>
      ) : null}
    </section>
  );
}

function FinalCode({ text: { finalCode, decision } }: { readonly text: LoadedDispute }) {
  if (finalCode == null) return <span className="muted">disputed</span>;
  return (
    <>
      {codeName(finalCode)}
      {decision == null ? null : (
        <span className={`t12 muted ${styles.decision}`}>
          settled by {decision.decidedBy?.name ?? "a deleted account"} <RelativeTime time={decision.decidedAt} />: {decision.reason}
        </span>
      )}
    </>
  );
}

function Agreement({ agreement: { estimate, low, high, texts, reason } }: Pick<LoadedCoding, "agreement">) {
  const undefinedFigure = { defined: false, reason: reason ?? "", ...(estimate == null ? {} : { estimate }) } as const;
  if (estimate == null || low == null || high == null)
    return <BigFigure figure={undefinedFigure} format={formatUnit} cases="texts" name="agreement of the coders" method="" />;
  return (
    <div className={styles.agreement}>
      <span className="n36">{formatUnit(estimate)}</span>
      <div>
        <p className="second">agreement of the coders</p>
        <p className="t12 muted">
          Krippendorff’s α, nominal, of the blind codes.{" "}
          <span className="n12 second">
            {formatUnit(low)} – {formatUnit(high)}
          </span>{" "}
          for other texts and these coders, <span className="n12 second">{texts}</span> texts
        </p>
      </div>
    </div>
  );
}
