/** The queries of a norming room, for its "Query" buttons. */
export const roomAgreementQuery = (roomId: string): string =>
  `query {\n  node(id: ${JSON.stringify(roomId)}) {\n    ... on NormingRoom { agreement { blind { estimate low high images votes reason } blindOnSameImages { estimate low high images votes reason } again { estimate low high images votes reason } } }\n  }\n}`;

export const roomVotesQuery = (roomId: string, place: number): string =>
  `query {\n  node(id: ${JSON.stringify(roomId)}) {\n    ... on NormingRoom { image(place: ${place}) { votes { member round choice { label name } } } }\n  }\n}`;
