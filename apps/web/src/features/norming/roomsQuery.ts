/** The query of the norming rooms of a study. */
export function roomsQuery(studyKey: string): string {
  return `{
  node(id: ${JSON.stringify(studyKey)}) {
    ... on Study { normingRooms { number imageCount decidedCount memberCount } }
  }
}`;
}
