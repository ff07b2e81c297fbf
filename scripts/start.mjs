// `npm start`: compiles where needed, then opens the station; without a display it runs the main job headless.
import { build, COMMAND_LINE, isBuildNeeded } from './build.mjs';
import { chooseHost, openStation } from './hosts.mjs';
import { run } from './run.mjs';

if (isBuildNeeded() && !(await build())) process.exit(1);
const { host, sentence } = chooseHost();
console.log(sentence);
process.exitCode =
  host === 'none'
    ? await run(process.execPath, ['--enable-source-maps', COMMAND_LINE, 'demo'])
    : await openStation(host);
