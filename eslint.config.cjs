// What can break in a browser is an error; taste is prettier's.
const {createRequire} = require("node:module");
const tools = createRequire(`${process.env.O2C_NODE || __dirname}/package.json`);
const globals = tools("globals");
const js = tools("@eslint/js");

module.exports = [
  {
    files: ["addons/*/static/**/*.js", "tests/*/static/**/*.js"],
    languageOptions: {
      ecmaVersion: 2024,
      sourceType: "module",
      globals: {...globals.browser, odoo: "readonly", luxon: "readonly"},
    },
    rules: {
      ...js.configs.recommended.rules,
      "array-callback-return": "error",
      "consistent-return": "error",
      curly: "error",
      eqeqeq: "error",
      "no-alert": "error",
      "no-duplicate-imports": "error",
      "no-else-return": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-lonely-if": "error",
      "no-new-func": "error",
      "no-return-assign": "error",
      "no-script-url": "error",
      "no-shadow": "error",
      "no-unneeded-ternary": "error",
      "no-unused-vars": ["error", {argsIgnorePattern: "^_"}],
      "no-use-before-define": ["error", {functions: false}],
      "operator-assignment": ["error", "always"],
      "prefer-const": "error",
      "spaced-comment": ["error", "always", {markers: ["*"]}],
      "no-var": "error",
    },
  },
];
