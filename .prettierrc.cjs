// The plugin lives where setup/lint installed it, not beside this file.
const {createRequire} = require("node:module");
const tools = createRequire(`${process.env.O2C_NODE || __dirname}/package.json`);

module.exports = {
  plugins: [tools.resolve("@prettier/plugin-xml")],
  bracketSpacing: false,
  printWidth: 88,
  proseWrap: "always",
  semi: true,
  trailingComma: "es5",
  xmlWhitespaceSensitivity: "preserve",
};
