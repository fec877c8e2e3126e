/** The query for this page's data, to paste into the explorer or a script. */
export function eliteQueryText(id: string): string {
  return `query {
  node(id: ${JSON.stringify(id)}) {
    ... on Elite {
      label niche generation
      searchedClass { class label search stored }
      image { url sha256 width height
        scores { model { name } topLabel topConfidence }
      }
      genome { sha256 document }
      ancestry(limit: 500) {
        label confidence goalSwitch
        genome { generation index image { url } }
      }
    }
  }
}`;
}
