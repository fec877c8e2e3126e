"use client";
/** A note at the top of a page about invalid parameters in its URL and what the page shows instead. */
import { useSearchParams } from "next/navigation";
import styles from "./AddressNote.module.css";
import { type AddressRule, addressProblems, unknownNames } from "./addressProblems.ts";

export function AddressNote({ problems }: { readonly problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <div className={styles.addressNote} role="alert">
      <p>
        <b>Part of this page’s address cannot be used</b>
      </p>
      <ul>
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </div>
  );
}

interface AddressCheckProps {
  readonly rules?: readonly AddressRule[];
  /** Other parameters that the page reads. With this list, unknown parameters are reported too. */
  readonly names?: readonly string[];
  /** Problems that the page has found itself. */
  readonly otherProblems?: readonly string[];
}

export function AddressCheck({ rules = [], names, otherProblems = [] }: AddressCheckProps) {
  const address = useSearchParams();
  const unknown = names === undefined ? [] : unknownNames(address, [...names, ...rules.map(({ name }) => name)]);
  return <AddressNote problems={[...addressProblems(address, rules), ...otherProblems, ...unknown]} />;
}
