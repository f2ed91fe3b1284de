export default {
  mode: "production",
  entry: "./main.js",
  // For pages under `require-trusted-types-for 'script'`; others can do without.
  output: { trustedTypes: true },
};
