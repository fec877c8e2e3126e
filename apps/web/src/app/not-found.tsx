import { ButtonLink } from "../features/marks/Button.tsx";
import { EmptyState } from "../features/marks/EmptyState.tsx";
import { PagePath } from "../features/shell/PagePath.tsx";

export default function NotFound() {
  return (
    <div className="page">
      <PagePath here="Not found" />
      <h1>There is no such page</h1>
      <EmptyState title="The address leads nowhere" action={<ButtonLink href="/">Home</ButtonLink>}>
        Runs are at /runs/RUN-1, experiments at /experiments/EXP-1. ⌘K finds everything else by name.
      </EmptyState>
    </div>
  );
}
