/** Page sizes, in rows; also used to estimate the cost of a query. */
export const defaultPageSize = 25;
export const maxPageSize = 100;
