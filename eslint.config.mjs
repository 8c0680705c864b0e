import js from '@eslint/js';
import globals from 'globals';

const rules = {
  ...js.configs.recommended.rules,
  eqeqeq: 'error',
  // Browser hands a function its arguments by their names, also those that it does not use.
  'no-unused-vars': ['error', { args: 'none' }],
  'no-var': 'error',
  'prefer-const': 'error',
  complexity: ['error', 12],
};

export default [
  {
    // Read in Node, and in the page: a function is sent there as text.
    files: ['libraries/Katip/**/*.js'],
    languageOptions: { ecmaVersion: 2023, sourceType: 'commonjs', globals: { ...globals.node, ...globals.browser } },
    rules,
  },
  {
    files: ['tests/javascript/*.js'],
    languageOptions: { ecmaVersion: 2023, sourceType: 'commonjs', globals: globals.node },
    rules,
  },
  {
    // The modules of the practice portal; its other scripts are written as old portals are.
    files: ['libraries/PracticePortal/static/today/*.js'],
    languageOptions: { ecmaVersion: 2023, sourceType: 'module', globals: globals.browser },
    rules,
  },
];
