/** In place of a study that the link does not open. */
import styles from "./VoterPage.module.css";
import { VoterPage } from "./VoterPage.tsx";
import { textLanguage, textsIn } from "./votingTexts.ts";

export function MissingStudy({ language }: { readonly language: string }) {
  const texts = textsIn(language);
  return (
    <div lang={textLanguage(language)}>
      <VoterPage title={texts.missingTitle}>
        <p className={styles.text}>{texts.missingText}</p>
      </VoterPage>
    </div>
  );
}
