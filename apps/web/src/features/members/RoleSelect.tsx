/** A member's role: a choice for owners, a word for others and for the only owner. */
import { useState } from "react";
import type { Role } from "../../graphql/generated/graphql.ts";
import styles from "./Members.module.css";
import { roleName, roles } from "./roles.ts";

interface RoleSelectProps {
  readonly name: string;
  readonly role: Role;
  onChange(role: Role): Promise<void>;
}

export function RoleSelect({ name, role, onChange }: RoleSelectProps) {
  const [chosen, setChosen] = useState<Role | null>(null);
  return (
    <select
      className={`input ${styles.role}`}
      aria-label={`Role of ${name}`}
      value={chosen ?? role}
      disabled={chosen !== null}
      onChange={(event) => {
        const next = roles.find((each) => each === event.target.value);
        if (next === undefined) return;
        setChosen(next);
        void onChange(next).finally(() => setChosen(null));
      }}
    >
      {roles.map((each) => (
        <option key={each} value={each}>
          {roleName(each)}
        </option>
      ))}
    </select>
  );
}
