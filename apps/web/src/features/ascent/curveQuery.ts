/** The query of one trajectory's curve. */
export function curveQuery(id: string): string {
  return `{
  node(id: ${JSON.stringify(id)}) {
    ... on Trajectory { class label start curve { step searchConfidence storedConfidence norm } }
  }
}`;
}
