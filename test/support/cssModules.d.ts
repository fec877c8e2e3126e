/** Class names of CSS modules, for tests that render components of the pages. */
declare module "*.module.css" {
  const classes: Readonly<Record<string, string>>;
  export default classes;
}
