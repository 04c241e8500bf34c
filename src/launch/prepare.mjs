import { findCompiler } from './compile.mjs';

// npm runs this after every `npm ci`, also after one without development packages, where there is nothing to build with.
if (findCompiler() !== null) await import('./build.mjs');
