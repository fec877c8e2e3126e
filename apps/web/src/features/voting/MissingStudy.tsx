"use client";
/** In place of a study that the link does not open, in the reader's language. */
import { useSyncExternalStore } from "react";
import styles from "./VoterPage.module.css";
import { VoterPage } from "./VoterPage.tsx";
import { preferredLanguage, textLanguage, textsIn } from "./votingTexts.ts";

const noSubscription = () => () => {};

export function MissingStudy() {
  const language = useSyncExternalStore(
    noSubscription,
    () => preferredLanguage(["en", "de"], navigator.languages),
    () => "en",
  );
  const texts = textsIn(language);
  return (
    <div lang={textLanguage(language)}>
      <VoterPage title={texts.missingTitle}>
        <p className={styles.text}>{texts.missingText}</p>
      </VoterPage>
    </div>
  );
}
