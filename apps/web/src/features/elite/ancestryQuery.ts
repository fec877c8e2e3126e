/** The query of an elite's ancestry, newest ancestor first. */
export function ancestryQuery(eliteId: string): string {
  return `{
  node(id: ${JSON.stringify(eliteId)}) {
    ... on Elite {
      ancestry(limit: 500) { niche label confidence goalSwitch genome { generation index image { url } } }
    }
  }
}`;
}
