/** The part of the DevTools protocol that the stand-in uses. */
export interface Commands {
  'Browser.getVersion': { params: object; result: { product: string } };
  'Browser.close': { params: object; result: object };
  'Browser.setPermission': {
    params: {
      permission: { name: string };
      setting: 'granted' | 'denied';
      origin: string;
      browserContextId?: string;
    };
    result: object;
  };
  'Browser.getWindowForTarget': { params: { targetId: string }; result: { windowId: number } };
  'Browser.setWindowBounds': {
    params: {
      windowId: number;
      bounds: { left?: number; top?: number; width?: number; height?: number; windowState?: string };
    };
    result: object;
  };
  'Target.setDiscoverTargets': { params: { discover: boolean }; result: object };
  'Target.createBrowserContext': {
    params: { disposeOnDetach: boolean };
    result: { browserContextId: string };
  };
  'Target.createTarget': {
    params: { url: string; newWindow: boolean; width: number; height: number; browserContextId?: string };
    result: { targetId: string };
  };
  'Target.attachToTarget': { params: { targetId: string; flatten: true }; result: { sessionId: string } };
  'Target.closeTarget': { params: { targetId: string }; result: object };
  'Target.setAutoAttach': {
    params: { autoAttach: boolean; waitForDebuggerOnStart: boolean; flatten: true };
    result: object;
  };
  'Emulation.getScreenInfos': {
    params: object;
    result: { screenInfos: { id: string; left: number; top: number; width: number; height: number }[] };
  };
  'Page.enable': { params: object; result: object };
  'Page.bringToFront': { params: object; result: object };
  'Page.navigate': { params: { url: string }; result: { errorText?: string } };
  'Page.addScriptToEvaluateOnNewDocument': { params: { source: string; worldName?: string }; result: object };
  'Page.printToPDF': {
    params: { printBackground: boolean; preferCSSPageSize: boolean };
    result: { data: string };
  };
  'Page.captureScreenshot': { params: object; result: { data: string } };
  'Runtime.enable': { params: object; result: object };
  'Runtime.addBinding': { params: { name: string; executionContextName: string }; result: object };
  'Runtime.runIfWaitingForDebugger': { params: object; result: object };
  'Runtime.callFunctionOn': {
    params: {
      executionContextId?: number;
      objectId?: string;
      functionDeclaration: string;
      arguments?: { value: unknown }[];
      awaitPromise?: boolean;
      userGesture?: boolean;
      returnByValue?: boolean;
    };
    result: { result: { objectId?: string; value?: unknown } };
  };
  'DOM.getFileInfo': { params: { objectId: string }; result: { path: string } };
  'Runtime.evaluate': {
    params: { expression: string; awaitPromise: boolean; returnByValue: boolean; userGesture: boolean };
    result: {
      result: { value?: unknown };
      exceptionDetails?: { text: string; exception?: { description?: string } };
    };
  };
  'Fetch.enable': { params: { patterns: { urlPattern: string }[] }; result: object };
  'Fetch.continueRequest': { params: { requestId: string }; result: object };
  'Fetch.failRequest': { params: { requestId: string; errorReason: string }; result: object };
  'Fetch.fulfillRequest': {
    params: {
      requestId: string;
      responseCode: number;
      responseHeaders: { name: string; value: string }[];
      body: string;
    };
    result: object;
  };
}

export interface PausedRequest {
  requestId: string;
  frameId: string;
  resourceType: string;
  request: { url: string; method: string; headers: Record<string, string> };
}

export interface TargetInfo {
  targetId: string;
  type: string;
  url: string;
  openerId?: string;
}

export interface Events {
  'Target.targetCreated': { targetInfo: TargetInfo };
  'Target.targetInfoChanged': { targetInfo: TargetInfo };
  'Target.targetDestroyed': { targetId: string };
  'Target.attachedToTarget': { sessionId: string; targetInfo: TargetInfo };
  'Runtime.executionContextCreated': {
    context: { id: number; name: string; auxData?: { frameId?: string } };
  };
  'Runtime.bindingCalled': { name: string; payload: string; executionContextId: number };
  'Fetch.requestPaused': PausedRequest;
  'Page.frameNavigated': { frame: { id: string; parentId?: string; url: string } };
  'Page.domContentEventFired': object;
  'Page.loadEventFired': object;
}
