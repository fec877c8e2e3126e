/** The layout of members' voting pages: as for the voters of a link, nothing but the study. */
export { default, metadata } from "../../../(voting)/layout.tsx";
