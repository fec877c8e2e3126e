/** An experiment in a list of those that take runs. A locked one takes none, so it cannot be chosen. */
import type { LockMarkFragment } from "../../graphql/generated/graphql.ts";

interface ExperimentOptionProps {
  readonly experiment: {
    readonly id: string;
    readonly key: string;
    readonly name: string;
    readonly lock?: LockMarkFragment | null;
  };
}

export function ExperimentOption({ experiment: { id, key, name, lock } }: ExperimentOptionProps) {
  return (
    <option value={id} disabled={lock != null}>
      {key} {name}
      {lock == null ? "" : " (locked)"}
    </option>
  );
}
