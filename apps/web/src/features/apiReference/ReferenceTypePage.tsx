/** The page of one type: what it is, its fields with their arguments, its values, and the types that belong to it. */
import type { ReactNode } from "react";
import { PagePath } from "../shell/PagePath.tsx";
import styles from "./ApiReference.module.css";
import { Description } from "./Description.tsx";
import { MemberList } from "./MemberList.tsx";
import { ReferenceSearch } from "./ReferenceSearch.tsx";
import type { ReferenceType } from "./referenceType.ts";
import { TypeName } from "./TypeName.tsx";

const kindNames: Readonly<Record<ReferenceType["kind"], string>> = {
  object: "Object type",
  interface: "Interface",
  input: "Input type",
  union: "Union",
  enum: "Enum",
  scalar: "Scalar",
};

export function ReferenceTypePage({ type }: { readonly type: ReferenceType }) {
  const { name, kind, description, fields, values, members, implements: interfaces } = type;
  return (
    <div className="page">
      <PagePath steps={[{ label: "API reference", href: "/api-reference" }]} here={name} />
      <header className="pageHead">
        <div>
          <h1>{name}</h1>
          <p>{kindNames[kind]}</p>
        </div>
        <ReferenceSearch typed="" />
      </header>
      <p className={styles.lead}>
        <Description text={description} />
      </p>
      {interfaces.length === 0 ? null : <Types title="Implements" names={interfaces} />}
      {members.length === 0 ? null : <Types title="Types" names={members} />}
      {fields.length === 0 ? null : (
        <Part title="Fields">
          <MemberList members={fields} />
        </Part>
      )}
      {values.length === 0 ? null : (
        <Part title="Values">
          <MemberList members={values} />
        </Part>
      )}
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Types({ title, names }: { readonly title: string; readonly names: readonly string[] }) {
  return (
    <Part title={title}>
      <ul className={styles.names}>
        {names.map((name) => (
          <li key={name}>
            <TypeName type={name} />
          </li>
        ))}
      </ul>
    </Part>
  );
}
