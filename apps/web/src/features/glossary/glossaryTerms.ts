/** Terms that pages explain on hover and tap. A test compares each definition with GLOSSARY.md. */
export const glossaryTerms = {
  cppn: {
    forms: ["CPPN", "CPPNs"],
    word: "CPPN",
    meaning: "compositional pattern-producing network: a small graph that computes each pixel from its coordinates",
  },
  elite: {
    forms: ["elite", "elites", "Elite", "Elites"],
    word: "Elite",
    meaning: "the best image found so far for a niche, from the generation that took the niche until another image takes it",
  },
  goalSwitch: {
    forms: ["goal switch", "goal switches", "Goal switch", "Goal switches"],
    word: "Goal switch",
    meaning: "a lineage whose ancestor held one niche and whose descendant took another",
  },
  niche: {
    forms: ["niche", "niches", "Niche", "Niches"],
    word: "Niche",
    meaning: "one class of the network, and the place in the archive for the best image of that class",
  },
  nines: {
    forms: ["nines", "nines scale", "Nines scale"],
    word: "Nines scale",
    meaning: "the scale of every confidence: linear up to .9, then one step for each further nine, so that .99, .999 and .9999 stand apart",
  },
  odin: {
    forms: ["ODIN"],
    word: "ODIN",
    meaning:
      "a detector that divides the logits by a temperature and nudges the image towards its top class first: images like those of the training set score higher",
  },
} as const satisfies Readonly<Record<string, GlossaryTerm>>;

interface GlossaryTerm {
  /** The forms of the term in texts. */
  readonly forms: readonly string[];
  /** Its entry in GLOSSARY.md. */
  readonly word: string;
  readonly meaning: string;
}

export type GlossaryTermId = keyof typeof glossaryTerms;
