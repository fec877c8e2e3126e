/** In place of an experiment that visitors cannot read. It does not say whether the experiment exists. */
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";

export function MissingExperiment() {
  return (
    <>
      <h1>There is no such experiment</h1>
      <EmptyState title="Nothing is shared at this address" action={<ButtonLink href="/public">Public experiments</ButtonLink>}>
        The address may be incomplete, or its owners no longer share the experiment. If someone sent you the link, ask them for a new one.
      </EmptyState>
    </>
  );
}
