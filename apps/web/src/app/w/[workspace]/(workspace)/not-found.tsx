import { ButtonLink } from "../../../../features/marks/Button.tsx";
import { EmptyState } from "../../../../features/marks/EmptyState.tsx";
import { Keys } from "../../../../features/marks/Keys.tsx";
import { PagePath } from "../../../../features/shell/PagePath.tsx";

export default function NotFound() {
  return (
    <div className="page">
      <PagePath here="Not found" />
      <h1>Page not found</h1>
      <EmptyState title="There is no page at this address" action={<ButtonLink href="/">Home</ButtonLink>}>
        Runs are at /runs/RUN-1, experiments at /experiments/EXP-1. Press <Keys shortcut="mod+K" /> to search by name.
      </EmptyState>
    </div>
  );
}
