"use client";
/** Says at the top of a page what of its address cannot be used, and what is shown instead. */
import { useSearchParams } from "next/navigation";
import styles from "./AddressNote.module.css";
import { type AddressRule, addressProblems, unknownNames } from "./addressProblems.ts";

export function AddressNote({ problems }: { readonly problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <div className={styles.addressNote} role="alert">
      <p>
        <b>{problems.length === 1 ? "One thing in this page’s address cannot be used" : "Not all of this page’s address can be used"}</b>
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
  /** Further problems, from elsewhere. */
  readonly besides?: readonly string[];
}

export function AddressCheck({ rules = [], names, besides = [] }: AddressCheckProps) {
  const address = useSearchParams();
  const unknown = names === undefined ? [] : unknownNames(address, [...names, ...rules.map(({ name }) => name)]);
  return <AddressNote problems={[...addressProblems(address, rules), ...besides, ...unknown]} />;
}
