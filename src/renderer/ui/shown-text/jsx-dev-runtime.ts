/** The same while developing: without React's notes on where an element was written. */
export { Fragment, type JSX, jsx as jsxDEV } from './jsx-runtime.ts';
