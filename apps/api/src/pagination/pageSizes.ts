/** How long pages are: for their reading, and for counting what a document may ask for. */
export const defaultPageSize = 25;
export const largestPageSize = 100;
