import { join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { EVENTS, PROVIDED, PROVIDED_TO_PRELOADS } from './host/provided.ts';

const root = resolve(import.meta.dirname, '../..');
const lists: Readonly<Record<string, readonly string[]>> = { ...PROVIDED, ...PROVIDED_TO_PRELOADS };

interface Usage {
  /** Every member that Electron's types declare and a source touches, as `Interface.member`, with the source. */
  readonly members: ReadonlyMap<string, string>;
  /** Every event that a source listens to, as `Interface.event`. */
  readonly events: ReadonlyMap<string, string>;
}

function usageOfElectron(files: readonly string[]): Usage {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files }, ts.sys, root);
  const program = ts.createProgram([...files], options);
  const checker = program.getTypeChecker();
  const members = new Map<string, string>();
  const events = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) {
      const declaration = checker.getSymbolAtLocation(node.name)?.declarations?.[0];
      const owner = declaration?.parent;
      if (
        declaration?.getSourceFile().fileName.endsWith('/electron/electron.d.ts') &&
        owner &&
        'name' in owner
      ) {
        const name = (owner.name as ts.Identifier).text;
        const source = relative(root, node.getSourceFile().fileName);
        members.set(`${name}.${node.name.text}`, source);
        const event = ts.isCallExpression(node.parent) ? node.parent.arguments[0] : undefined;
        if (/^(on|once)$/.test(node.name.text) && event && ts.isStringLiteral(event))
          events.set(`${name}.${event.text}`, source);
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const source of program.getSourceFiles()) {
    if (!source.isDeclarationFile && /\/src\/(main|preload)\//.test(source.fileName)) visit(source);
  }
  return { members, events };
}

/** `App` and `app`, `BrowserWindow` and its instances go by one list. */
const listFor = (owner: string, among = lists): readonly string[] | undefined =>
  Object.entries(among).find(([name]) => name.toLowerCase() === owner.toLowerCase())?.[1];

/** Plain data that Electron hands out; nothing to provide. */
const DATA = new Set([
  'Display',
  'IpcMainInvokeEvent',
  'MediaAccessPermissionRequest',
  'OnBeforeRequestListenerDetails',
  'OpenDialogReturnValue',
  'ProcessVersions',
  'Rectangle',
  'WebContentsWillNavigateEventParams',
  'WebFrameMain',
]);

const FILES = ['main/index.ts', 'preload/clerk.ts', 'preload/signer.ts', 'preload/admin.ts'];

it('the station uses nothing of Electron that the stand-in does not provide', () => {
  const { members, events } = usageOfElectron(FILES.map((file) => join(root, 'src', file)));
  expect(members.size).toBeGreaterThan(20);
  const missing = [...members].filter(([member]) => {
    const [owner = '', name = ''] = member.split('.');
    return !DATA.has(owner) && !listFor(owner)?.includes(name);
  });
  expect(missing).toEqual([]);
  expect(events.size).toBeGreaterThan(8);
  const neverComing = [...events].filter(([event]) => {
    const [owner = '', name = ''] = event.split('.');
    // What has no list of events is an object of Node.
    return listFor(owner, EVENTS)?.includes(name) === false;
  });
  expect(neverComing).toEqual([]);
}, 180_000);
