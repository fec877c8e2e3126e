/** The number of answers that give a text, and the code of each coder. */
import { codeName, type LoadedDispute } from "./codeWords.ts";
import styles from "./TextCoding.module.css";

export function CodesOfText({ text: { votes, codes } }: { readonly text: LoadedDispute }) {
  return (
    <dl className={styles.codes}>
      {codes.map(({ coder, code }) => (
        <div key={coder}>
          <dt className="n12 muted">{coder}</dt>
          <dd>{codeName(code)}</dd>
        </div>
      ))}
      <div>
        <dt className="t12 muted">{votes === 1 ? "answer" : "answers"}</dt>
        <dd className="n12">{votes}</dd>
      </div>
    </dl>
  );
}
