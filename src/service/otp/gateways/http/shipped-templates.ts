import altiria from '../../../../../resources/sms-gateways/altiria.json';
import esendex from '../../../../../resources/sms-gateways/esendex.json';
import infobip from '../../../../../resources/sms-gateways/infobip.json';
import labsmobile from '../../../../../resources/sms-gateways/labsmobile.json';
import link from '../../../../../resources/sms-gateways/link.json';
import lleida from '../../../../../resources/sms-gateways/lleida.json';
import messagebird from '../../../../../resources/sms-gateways/messagebird.json';
import postmarkEmail from '../../../../../resources/sms-gateways/postmark-email.json';
import smsapi from '../../../../../resources/sms-gateways/smsapi.json';
import sns from '../../../../../resources/sms-gateways/sns.json';
import twilio from '../../../../../resources/sms-gateways/twilio.json';
import twilioVoice from '../../../../../resources/sms-gateways/twilio-voice.json';
import vonage from '../../../../../resources/sms-gateways/vonage.json';

/** Vendors that come along, by name; each is a file of `resources/sms-gateways` and may serve as a pattern. */
export const SHIPPED_TEMPLATES = Object.freeze({
  altiria,
  esendex,
  infobip,
  labsmobile,
  link,
  lleida,
  messagebird,
  'postmark-email': postmarkEmail,
  smsapi,
  sns,
  twilio,
  'twilio-voice': twilioVoice,
  vonage,
} satisfies Record<string, unknown>);

export type ShippedTemplate = keyof typeof SHIPPED_TEMPLATES;
export const SHIPPED_TEMPLATE_NAMES = Object.freeze(Object.keys(SHIPPED_TEMPLATES)) as readonly [
  ShippedTemplate,
  ...ShippedTemplate[],
];
