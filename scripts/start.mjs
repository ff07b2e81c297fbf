// `npm start`: compiles where needed, then runs the main job from end to end.
import { build, COMMAND_LINE, isBuildNeeded } from './build.mjs';
import { run } from './run.mjs';

if (isBuildNeeded() && !(await build())) process.exit(1);
process.exitCode = await run(process.execPath, ['--enable-source-maps', COMMAND_LINE, 'demo']);
