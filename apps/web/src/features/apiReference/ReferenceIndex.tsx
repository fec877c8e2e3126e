/** The start of the API reference: what can be read, changed and followed, all types, or what a search finds. */

import { DocumentLink } from "../marks/DocumentLink.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { Link } from "../marks/Link.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import styles from "./ApiReference.module.css";
import { Description } from "./Description.tsx";
import { type FoundPart, findParts } from "./findParts.ts";
import { ReferenceSearch } from "./ReferenceSearch.tsx";
import { addressOf, type ReferenceType } from "./referenceType.ts";

const roots = ["Query", "Mutation", "Subscription"] as const;
const maxFound = 60;

const groups: readonly (readonly [title: string, kinds: readonly ReferenceType["kind"][]])[] = [
  ["Objects", ["object", "interface", "union"]],
  ["Inputs", ["input"]],
  ["Enums and scalars", ["enum", "scalar"]],
];

interface ReferenceIndexProps {
  readonly types: readonly ReferenceType[];
  readonly typed: string;
}

export function ReferenceIndex({ types, typed }: ReferenceIndexProps) {
  return (
    <div className="page">
      <PagePath here="API reference" />
      <header className="pageHead">
        <div>
          <h1>API reference</h1>
          <p>
            The GraphQL API at <code>/graphql</code>. Try it in <DocumentLink href="/graphiql">GraphiQL</DocumentLink>.
          </p>
        </div>
        <ReferenceSearch typed={typed} />
      </header>
      {typed.trim() === "" ? <Contents types={types} /> : <Results found={findParts(types, typed, maxFound)} />}
    </div>
  );
}

function Results({ found }: { readonly found: readonly FoundPart[] }) {
  if (found.length === 0) return <EmptyState title="Nothing in the API matches">Try a shorter word, such as elite or cost.</EmptyState>;
  return (
    <dl className={styles.members} aria-label="Results">
      {found.map(({ path, address, description }) => (
        <div key={path} className={styles.member}>
          <dt>
            {/* The router's own navigation would not make the part the page's :target. */}
            <DocumentLink className={`link ${styles.name}`} href={address}>
              {path}
            </DocumentLink>
          </dt>
          <dd>
            <Description text={description} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Contents({ types }: { readonly types: readonly ReferenceType[] }) {
  return (
    <>
      {roots.map((root) => (
        <section key={root} className={styles.part}>
          <h2>
            <Link className="link" href={addressOf(root)}>
              {root}
            </Link>
          </h2>
          <p className="second">
            <Description text={types.find(({ name }) => name === root)?.description ?? ""} />
          </p>
          <Names names={types.find(({ name }) => name === root)?.fields.map(({ name }) => [name, addressOf(root, name)]) ?? []} />
        </section>
      ))}
      {groups.map(([title, kinds]) => (
        <section key={title} className={styles.part}>
          <h2>{title}</h2>
          <Names
            names={types
              .filter(({ name, kind }) => kinds.includes(kind) && !roots.some((root) => root === name))
              .map(({ name }) => [name, addressOf(name)] as const)
              .toSorted(([a], [b]) => a.localeCompare(b, "en"))}
          />
        </section>
      ))}
    </>
  );
}

function Names({ names }: { readonly names: readonly (readonly [name: string, address: string])[] }) {
  return (
    <ul className={styles.names}>
      {names.map(([name, address]) => (
        <li key={name}>
          <Link className={`link ${styles.name}`} href={address} prefetch={false}>
            {name}
          </Link>
        </li>
      ))}
    </ul>
  );
}
