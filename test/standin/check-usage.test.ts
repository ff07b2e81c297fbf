import { join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { PROVIDED, PROVIDED_TO_PRELOADS } from './host/provided.ts';

const root = resolve(import.meta.dirname, '../..');
const lists: Readonly<Record<string, readonly string[]>> = { ...PROVIDED, ...PROVIDED_TO_PRELOADS };

/** Every member that Electron's types declare and a source touches, as `Interface.member`. */
function electronMembersOf(files: readonly string[]): Map<string, string> {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files }, ts.sys, root);
  const program = ts.createProgram([...files], options);
  const checker = program.getTypeChecker();
  const used = new Map<string, string>();
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
        used.set(`${name}.${node.name.text}`, relative(root, node.getSourceFile().fileName));
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const source of program.getSourceFiles()) {
    if (!source.isDeclarationFile && /\/src\/(main|preload)\//.test(source.fileName)) visit(source);
  }
  return used;
}

/** `App` and `app`, `BrowserWindow` and its instances go by one list. */
const listFor = (owner: string): readonly string[] | undefined =>
  Object.entries(lists).find(([name]) => name.toLowerCase() === owner.toLowerCase())?.[1];

/** Plain data that Electron hands out; nothing to provide. */
const DATA = new Set([
  'Display',
  'IpcMainInvokeEvent',
  'OnBeforeRequestListenerDetails',
  'OpenDialogReturnValue',
  'ProcessVersions',
  'Rectangle',
  'WebContentsWillNavigateEventParams',
  'WebFrameMain',
]);

it('the station uses nothing of Electron that the stand-in does not provide', () => {
  const files = ['main/index.ts', 'preload/clerk.ts', 'preload/signer.ts', 'preload/admin.ts'].map((file) =>
    join(root, 'src', file),
  );
  const used = electronMembersOf(files);
  expect(used.size).toBeGreaterThan(20);
  const missing = [...used].filter(([member]) => {
    const [owner = '', name = ''] = member.split('.');
    return !DATA.has(owner) && !listFor(owner)?.includes(name);
  });
  expect(missing).toEqual([]);
}, 180_000);
