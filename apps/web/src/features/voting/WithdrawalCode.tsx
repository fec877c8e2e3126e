"use client";
/** The code with which a voter can withdraw later. */
import { CopyText } from "./CopyText.tsx";
import type { VotingTexts } from "./englishTexts.ts";
import styles from "./VoterPage.module.css";

export function WithdrawalCode({ texts, code }: { readonly texts: VotingTexts; readonly code: string | null }) {
  return (
    <section className={styles.code}>
      <div>
        <p className="t12 muted">{texts.yourCode}</p>
        {code === null ? null : <p className="n20">{code}</p>}
      </div>
      {code === null ? null : <CopyText texts={texts} label={texts.copy} text={() => code} />}
      <p>{code === null ? texts.codeElsewhere : texts.codeHint}</p>
    </section>
  );
}
