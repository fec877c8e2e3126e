/** Text in which the first occurrence of each glossary term shows its definition. */
import { Fragment, type ReactNode } from "react";
import { type GlossaryTermId, glossaryTerms } from "./glossaryTerms.ts";
import { Term } from "./Term.tsx";

const ids = Object.keys(glossaryTerms) as GlossaryTermId[];
const idOfForm = new Map(ids.flatMap((id) => glossaryTerms[id].forms.map((form) => [form as string, id] as const)));
/** Longer forms first, so that "goal switches" does not match "goal switch". */
const anyForm = new RegExp(`\\b(${[...idOfForm.keys()].sort((a, b) => b.length - a.length).join("|")})\\b`, "g");

export function Terms({ children }: { readonly children: string }): ReactNode {
  const explained = new Set<GlossaryTermId>();
  // With a capturing group, split returns texts and terms alternately.
  return children.split(anyForm).map((piece, index) => {
    const id = idOfForm.get(piece);
    if (id === undefined || index % 2 === 0 || explained.has(id)) return <Fragment key={`${index} ${piece}`}>{piece}</Fragment>;
    explained.add(id);
    return (
      <Term key={`${index} ${piece}`} of={id}>
        {piece}
      </Term>
    );
  });
}
