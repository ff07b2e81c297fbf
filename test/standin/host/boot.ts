import Module, { createRequire, register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { readCommandLine } from './command-line.ts';
import { createElectron } from './electron.ts';

/** Entry: takes the place of the Electron binary and runs the compiled main bundle as it is. */
const ELECTRON = /^electron(\/main|\/common)?$/;

process.on('uncaughtException', (error) => {
  process.stderr.write(`A JavaScript error occurred in the main process\n${error.stack}\n`);
  process.exit(1);
});

// Playwright puts the path of the executable between the switches and the application.
const [, , ...given] = process.argv;
const line = readCommandLine(given);
Object.defineProperty(process.versions, 'electron', { value: '45.4.1' });
Object.defineProperty(process.versions, 'standin', { value: '1' });
Object.assign(process, { type: 'browser' });
process.stderr.write('stand-in: this is not Electron but a test host over Chromium\n');

const { electron, prepare, start } = createElectron(line);

// `require('electron')`, as Playwright's loader and CommonJS packages do it.
interface ModuleLoader {
  _load(id: string, ...rest: unknown[]): unknown;
}
const loader = Module as unknown as ModuleLoader;
const load = loader._load.bind(Module);
loader._load = (id, ...rest) => (ELECTRON.test(id) ? electron : load(id, ...rest));

// `import … from 'electron'`, as the main bundle and ESM packages do it.
Object.defineProperty(globalThis, Symbol.for('stand-in.electron'), { value: electron });
const exported = Object.keys(electron).map((name) => `export const ${name} = electron.${name};`);
const source = `const electron = globalThis[Symbol.for('stand-in.electron')]; export default electron; ${exported.join('')}`;
const moduleUrl = `data:text/javascript,${encodeURIComponent(source)}`;
const hook = `export const resolve = (id, context, next) =>
  /^electron(\\/main|\\/common)?$/.test(id) ? { url: ${JSON.stringify(moduleUrl)}, shortCircuit: true } : next(id, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

const require = createRequire(pathToFileURL(line.main));
for (const preload of line.preloads) require(preload);
prepare();
import(pathToFileURL(line.main).href).then(start);
