/** A row of a `keyRows` list: a name and its value, each as wide as its content. */
import type { ReactNode } from "react";

export function KeyRow({
  name,
  number = false,
  children,
}: {
  readonly name: ReactNode;
  readonly number?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={number ? "n12" : undefined}>{children}</dd>
    </div>
  );
}
