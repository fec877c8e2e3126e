/** A type as GraphQL writes it, with a link to its page unless GraphQL itself defines it. */
import { Link } from "../marks/Link.tsx";
import styles from "./ApiReference.module.css";
import { addressOf, namedType } from "./referenceType.ts";

const ownOfGraphql: ReadonlySet<string> = new Set(["ID", "Int", "Float", "String", "Boolean"]);

export function TypeName({ type }: { readonly type: string }) {
  const name = namedType(type);
  const [before = "", after = ""] = type.split(name);
  return (
    <code className={styles.type}>
      {before}
      {ownOfGraphql.has(name) ? (
        name
      ) : (
        <Link className="link" href={addressOf(name)}>
          {name}
        </Link>
      )}
      {after}
    </code>
  );
}
