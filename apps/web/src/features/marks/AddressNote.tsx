"use client";
/** Says at the top of a page what of its address cannot be used, and what is shown instead. */
import { useSearchParams } from "next/navigation";
import { type AddressRule, addressProblems } from "./addressProblems.ts";

export function AddressNote({ problems }: { readonly problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <div className="addressNote" role="alert">
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

export function AddressCheck({ rules }: { readonly rules: readonly AddressRule[] }) {
  return <AddressNote problems={addressProblems(useSearchParams(), rules)} />;
}
