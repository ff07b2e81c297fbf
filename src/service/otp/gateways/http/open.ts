import { readFileSync } from 'node:fs';
import { Agent } from 'undici';
import { OssError } from '../../../../contract/errors.ts';
import { readSecret } from '../../../settings/secret-reference.ts';
import type { HttpGatewayConfig } from '../config.ts';
import type { GatewayPorts } from '../gateway-ports.ts';
import type { SmsGateway } from '../port.ts';
import { httpGateway } from './http-gateway.ts';
import { VALUE_NAMES } from './message-values.ts';
import { SHIPPED_TEMPLATES } from './shipped-templates.ts';
import { type GatewayTemplate, gatewayTemplateSchema, variablesOf } from './template.ts';

/** @throws OssError OSS_CONFIG_INVALID: no such template, not its format, a value or a secret that is missing */
export function openHttpGateway(config: HttpGatewayConfig, ports: GatewayPorts): SmsGateway {
  const entry = `sms.${config.name}`;
  const template = readTemplate(config, entry);
  if (template.channel !== ports.channel) {
    throw invalid(`${entry}: its template is for the channel ${template.channel}`);
  }
  const secrets = new Map(
    Object.entries(config.secrets).map(([name, reference]) => [
      name,
      readSecret(reference, `${entry}.secrets.${name}`, ports.environment),
    ]),
  );
  const known = new Set([...VALUE_NAMES, ...Object.keys(template.variables)]);
  const missing = [...variablesOf(template)].filter((name) =>
    name.startsWith('secret:') ? !secrets.has(name.slice('secret:'.length)) : !known.has(name),
  );
  if (missing.length > 0) throw invalid(`${entry}: its template needs ${missing.join(', ')}`);
  const timeoutMs = config.timeoutSeconds * 1000;
  const ca = config.caFile === undefined ? undefined : readFile(config.caFile, `${entry}.caFile`);
  return httpGateway({
    name: config.name,
    template,
    secrets,
    from: config.from,
    subject: ports.issuer,
    receiptUrl: config.receipts && template.receipt ? ports.receiptUrl(config.name) : undefined,
    timeoutMs,
    dispatcher: new Agent({
      connect: ports.connector ?? { timeout: timeoutMs, ...(ca === undefined ? {} : { ca }) },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      // Shorter than vendors keep theirs: a connection that is closed under a message leaves it unknown.
      keepAliveTimeout: 2_000,
    }),
    clock: ports.clock,
    takeReceipt: ports.takeReceipt,
  });
}

function readTemplate({ template, templateFile }: HttpGatewayConfig, entry: string): GatewayTemplate {
  const parsed = gatewayTemplateSchema.safeParse(
    templateFile === undefined
      ? SHIPPED_TEMPLATES[template as keyof typeof SHIPPED_TEMPLATES]
      : parseFile(templateFile, entry),
  );
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw invalid(`${entry}.templateFile: ${issues.join('; ')}`);
}

function parseFile(path: string, entry: string): unknown {
  try {
    return JSON.parse(readFile(path, `${entry}.templateFile`).toString('utf8'));
  } catch (cause) {
    if (cause instanceof OssError) throw cause;
    throw invalid(`${entry}.templateFile: not JSON`, cause);
  }
}

function readFile(path: string, entry: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw invalid(`${entry}: ${path} cannot be read`, cause);
  }
}

const invalid = (reason: string, cause?: unknown): OssError =>
  new OssError('OSS_CONFIG_INVALID', { reason }, { cause });
