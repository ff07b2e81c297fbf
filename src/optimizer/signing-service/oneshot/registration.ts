import type { IdPictureSide } from '../../../contract/model/id-picture.ts';
import { idPictureViewSchema } from '../../../contract/service-api/id-pictures.ts';
import { requestViewSchema } from '../../../contract/service-api/requests.ts';
import type { HttpClient } from '../http-client.ts';
import type { NewRegistration, RegisteredRequest, Registration } from '../port.ts';
import type { Session } from './session.ts';

/** The officer's approval of a signer, which is their PIN, and the contract that comes of it. */
export class OneShotRegistration implements Registration {
  readonly #http: HttpClient;
  readonly #session: Session;

  constructor(http: HttpClient, session: Session) {
    this.#http = http;
    this.#session = session;
  }

  async register(signer: NewRegistration, idempotencyKey: string): Promise<RegisteredRequest> {
    const { id, expiresAt, maskedPhone, contract } = await this.#session.authorised((authorization) =>
      this.#http.repeatableJson(requestViewSchema, {
        method: 'POST',
        path: '/v1/requests',
        body: { ...signer, pin: this.#session.credentials.pin },
        headers: { ...authorization, 'idempotency-key': idempotencyKey },
      }),
    );
    return { id, expiresAt, maskedPhone, contractSha256: contract.sha256 };
  }

  async addIdPicture(requestId: string, side: IdPictureSide, picture: Uint8Array): Promise<void> {
    const data = Buffer.from(picture).toString('base64');
    await this.#session.authorised((headers) =>
      this.#http.repeatableJson(idPictureViewSchema, {
        method: 'PUT',
        path: `/v1/requests/${requestId}/id-pictures/${side}`,
        body: { data },
        headers,
      }),
    );
  }

  async contract(requestId: string): Promise<Uint8Array> {
    return this.#session.authorised((headers) =>
      this.#http.repeatableBytes({ method: 'GET', path: `/v1/requests/${requestId}/contract`, headers }),
    );
  }
}
