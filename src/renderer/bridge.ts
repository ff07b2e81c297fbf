import { BRIDGE } from '../contract/ipc/bridge-name.ts';
import type { CallOutcome } from '../contract/ipc/group.ts';
import type {
  AdminApi,
  AdminBridge,
  ClerkApi,
  ClerkBridge,
  DisplayApi,
  DisplayBridge,
  SignerApi,
  SignerBridge,
} from '../contract/ipc/index.ts';
import { unwrap } from '../contract/ipc/unwrap.ts';

type AnyFunction = (...values: readonly unknown[]) => unknown;

/** Calls answer outcomes; screens prefer values and rejections. Subscriptions pass as they are. */
function unwrapped(group: Readonly<Record<string, AnyFunction>>): Record<string, AnyFunction> {
  const entries = Object.entries(group).map(([name, call]): [string, AnyFunction] =>
    /^on[A-Z]/.test(name)
      ? [name, call]
      : [name, async (...values) => unwrap((await call(...values)) as CallOutcome<unknown>)],
  );
  return Object.fromEntries(entries);
}

function apiOf(bridge: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(bridge).map(([name, group]) => [name, unwrapped(group as Record<string, AnyFunction>)]),
  );
}

const exposed = (): unknown => (window as unknown as Record<string, unknown>)[BRIDGE];

export const clerkApi = (): ClerkApi => apiOf(exposed() as ClerkBridge) as unknown as ClerkApi;
export const signerApi = (): SignerApi => apiOf(exposed() as SignerBridge) as unknown as SignerApi;
export const displayApi = (): DisplayApi => apiOf(exposed() as DisplayBridge) as unknown as DisplayApi;
export const adminApi = (): AdminApi => apiOf(exposed() as AdminBridge) as unknown as AdminApi;
