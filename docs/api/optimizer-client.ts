// Generated from the OpenAPI description by `npm run api`; not to be edited.

/** Why a call was refused: the HTTP status, and what the Optimizer says of it. */
export class OptimizerError extends Error {
  readonly status: number;
  readonly details: unknown;

  constructor(status: number, details: unknown) {
    super(typeof details === 'string' ? details : JSON.stringify(details));
    this.name = 'OptimizerError';
    this.status = status;
    this.details = details;
  }
}

export interface OptimizerClientOptions {
  /** For example `http://127.0.0.1:8095`. */
  readonly baseUrl: string;
  readonly apiKey?: string;
  readonly fetch?: typeof fetch;
}

export class OptimizerClient {
  readonly #options: OptimizerClientOptions;

  constructor(options: OptimizerClientOptions) {
    this.#options = options;
  }

  /** The settings; a stored password is masked */
  getSettings(): Promise<{ readonly general: { readonly environment: string; readonly rootstore: string; readonly configuration: string; readonly usepdfclean: boolean }; readonly tsa: { readonly tsa_url: string }; readonly request: { readonly default_profile: string; readonly default_ra: string }; readonly billing: { readonly billing_username: string; readonly billing_password: string }; readonly proxy: Readonly<Record<string, string>> }> {
    return this.#json('GET', `/api/v1/settings`);
  }

  /** Changes the settings that are named, and no others */
  updateSettings(body?: { readonly general?: { readonly environment?: string | number | boolean; readonly [key: string]: unknown }; readonly tsa?: { readonly tsa_url?: string | number | boolean; readonly [key: string]: unknown }; readonly request?: { readonly default_profile?: string | number | boolean; readonly default_ra?: string | number | boolean; readonly [key: string]: unknown }; readonly billing?: { readonly billing_username?: string | number | boolean; readonly billing_password?: string | number | boolean; readonly [key: string]: unknown }; readonly [key: string]: unknown }): Promise<string> {
    return this.#json('POST', `/api/v1/settings`, body);
  }

  /** Version of the Optimizer and its machine */
  getVersion(): Promise<{ readonly name: string; readonly version: string; readonly info: Readonly<Record<string, string>> }> {
    return this.#json('GET', `/api/v1/version`);
  }

  /** Whether the Optimizer answers */
  hello(): Promise<"Hello"> {
    return this.#json('GET', `/api/v1/hello`);
  }

  /** Stores the credentials of a registration officer; password and PIN may be left to each call */
  createToken(body: { readonly username: string | number | boolean; readonly password?: string | number | boolean; readonly pin?: string | number | boolean; readonly env?: string | number | boolean; readonly [key: string]: unknown }): Promise<string> {
    return this.#json('POST', `/api/v1/token`, body);
  }

  /** Forgets the credentials of a token; requests that were created with it go on */
  deleteToken(uid: string): Promise<string> {
    return this.#json('DELETE', `/api/v1/token/${encodeURIComponent(uid)}`);
  }

  /** Whose token it is, and which secrets are stored with it */
  getToken(uid: string): Promise<{ readonly username: string; readonly password: boolean; readonly pin: boolean }> {
    return this.#json('GET', `/api/v1/token/${encodeURIComponent(uid)}`);
  }

  /** All tokens, the oldest first */
  listTokens(): Promise<Readonly<Record<string, { readonly username: string; readonly password: boolean; readonly pin: boolean }>>> {
    return this.#json('GET', `/api/v1/tokens`);
  }

  /** Registers a signer, approved by the officer of the token */
  createRequest(body: { readonly given_name?: string | number | boolean; readonly surname_1?: string | number | boolean; readonly surname_2?: string | number | boolean; readonly email: string | number | boolean; readonly mobile_phone_number: string | number | boolean; readonly id_document_type?: string | number | boolean; readonly id_document_country?: string | number | boolean; readonly serial_number?: string | number | boolean; readonly registration_authority?: string | number | boolean; readonly profile?: string | number | boolean; readonly communication_language?: string | number | boolean; readonly residence?: string | number | boolean; readonly residence_city?: string | number | boolean; readonly residence_postal_code?: string | number | boolean; readonly residence_address?: string | number | boolean; readonly special_conditions?: string | number | boolean; readonly token?: string | number | boolean; readonly username?: string | number | boolean; readonly password?: string | number | boolean; readonly pin?: string | number | boolean; readonly env?: string | number | boolean; readonly billing_username?: string | number | boolean; readonly billing_password?: string | number | boolean; readonly useasync?: boolean | number | string; readonly callback?: string | number | boolean; readonly [key: string]: unknown } | FormData): Promise<number> {
    return this.#json('POST', `/api/v1/request`, body);
  }

  /** Cancels a request that is not signed, and removes its files */
  deleteRequest(pk: number | string): Promise<string> {
    return this.#json('DELETE', `/api/v1/request/${encodeURIComponent(pk)}`);
  }

  /** Everything that is known of a request */
  getRequest(pk: number | string): Promise<{ readonly pk: number; readonly status: "CREATED" | "VIDEOPENDING" | "VIDEOINCOMPLETE" | "VIDEOREVIEW" | "VIDEOERROR" | "ENROLLREADY" | "ISSUED" | "CANCELLED"; readonly profile: string; readonly scratchcard: string; readonly registration_authority: number | string; readonly [key: string]: unknown }> {
    return this.#json('GET', `/api/v1/request/${encodeURIComponent(pk)}`);
  }

  /** Corrects the signer of a request that no officer has approved yet */
  updateRequest(pk: number | string, body: { readonly given_name?: string | number | boolean; readonly surname_1?: string | number | boolean; readonly surname_2?: string | number | boolean; readonly email?: string | number | boolean; readonly mobile_phone_number?: string | number | boolean; readonly id_document_type?: string | number | boolean; readonly id_document_country?: string | number | boolean; readonly serial_number?: string | number | boolean; readonly registration_authority?: string | number | boolean; readonly profile?: string | number | boolean; readonly communication_language?: string | number | boolean; readonly residence?: string | number | boolean; readonly residence_city?: string | number | boolean; readonly residence_postal_code?: string | number | boolean; readonly residence_address?: string | number | boolean; readonly special_conditions?: string | number | boolean; readonly scratchcard: string | number | boolean; readonly country_name?: string | number | boolean; readonly birth_date?: string | number | boolean; readonly [key: string]: unknown }): Promise<string> {
    return this.#json('PUT', `/api/v1/request/${encodeURIComponent(pk)}`, body);
  }

  /** How far an asynchronous request is; `error` where its signature failed */
  getAsyncStatus(pk: number | string): Promise<"pending" | "approved" | "signing" | "signed" | "error"> {
    return this.#json('GET', `/api/v1/async/status/${encodeURIComponent(pk)}`);
  }

  /** Requests by their pk, a page at a time: at most `limit` of them (200 without), those `after` one. Where there are more, the header Link names the next page (rel="next") */
  listRequests(): Promise<Readonly<Record<string, { readonly status: "CREATED" | "VIDEOPENDING" | "VIDEOINCOMPLETE" | "VIDEOREVIEW" | "VIDEOERROR" | "ENROLLREADY" | "ISSUED" | "CANCELLED"; readonly given_name: string | null; readonly surname_1: string | null; readonly [key: string]: unknown }>>> {
    return this.#json('GET', `/api/v1/requests`);
  }

  /** Sends the signer a code that is good for the documents as they are now; the body may be empty */
  sendOtp(pk: number | string, body?: { readonly delivery_method?: string | number | boolean; readonly [key: string]: unknown }): Promise<string> {
    return this.#json('POST', `/api/v1/otp/${encodeURIComponent(pk)}`, body);
  }

  /** Signs all documents of a request. Repeated after a lost answer it signs nothing twice and answers as the first call would have; with the header Idempotency-Key at any time */
  sign(pk: number | string, body: { readonly secret: string | number | boolean; readonly ext_unlock_type?: string | number | boolean; readonly ext_unlock_value?: string | number | boolean; readonly options?: Readonly<Record<string, { readonly position?: string | number | boolean; readonly page?: number | string; readonly image?: string | number | boolean; readonly usecountersignature?: boolean | number | string; readonly [key: string]: unknown }>> | { readonly position?: string | number | boolean; readonly page?: number | string; readonly image?: string | number | boolean; readonly usecountersignature?: boolean | number | string; readonly [key: string]: unknown }; readonly use_signature_text?: boolean | number | string; readonly signature_format?: { readonly text_format?: readonly (string)[]; readonly date_format?: string; readonly timezone?: string; readonly [key: string]: unknown }; readonly metadata?: string | number | boolean; readonly countersignature?: { readonly username?: string | number | boolean; readonly password?: string | number | boolean; readonly pin?: string | number | boolean; readonly seal?: string | number | boolean; readonly position?: string | number | boolean; readonly page?: number | string; readonly image?: string | number | boolean; readonly horizontal?: string | number | boolean; readonly signature_format?: { readonly text_format?: readonly (string)[]; readonly date_format?: string; readonly timezone?: string; readonly [key: string]: unknown }; readonly [key: string]: unknown }; readonly [key: string]: unknown }): Promise<string> {
    return this.#json('POST', `/api/v1/sign/${encodeURIComponent(pk)}`, body);
  }

  /** Removes all originals and signed files of a request */
  deleteDocuments(pk: number | string): Promise<string> {
    return this.#json('DELETE', `/api/v1/documents/${encodeURIComponent(pk)}`);
  }

  /** The documents of a request */
  listDocuments(pk: number | string): Promise<Readonly<Record<string, { readonly upload_date: string; readonly ext: string; readonly size: number; readonly mime: string; readonly filename: string }>>> {
    return this.#json('GET', `/api/v1/documents/${encodeURIComponent(pk)}`);
  }

  /** Removes the original or the signed file */
  deleteTypedDocument(pk: number | string, type: string, uid: string): Promise<string> {
    return this.#json('DELETE', `/api/v1/document/${encodeURIComponent(pk)}/${encodeURIComponent(type)}/${encodeURIComponent(uid)}`);
  }

  /** The original or the signed file: `type` is original or signed */
  getTypedDocument(pk: number | string, type: string, uid: string): Promise<Blob> {
    return this.#file('GET', `/api/v1/document/${encodeURIComponent(pk)}/${encodeURIComponent(type)}/${encodeURIComponent(uid)}`);
  }

  /** The service contract that the signer agrees to */
  getContract(pk: number | string): Promise<Blob> {
    return this.#file('GET', `/api/v1/document/${encodeURIComponent(pk)}/contract`);
  }

  /** Takes PDF documents (parts of any name) or digests (parts `hashfile`), at most 10 for a request; all of a call or none */
  uploadDocuments(pk: number | string, body: FormData): Promise<string | readonly ({ readonly key: string; readonly uid: string; readonly filename: string; readonly digest: string })[]> {
    return this.#json('POST', `/api/v1/document/${encodeURIComponent(pk)}`, body);
  }

  /** Removes a picture */
  deleteImage(uid: string): Promise<string> {
    return this.#json('DELETE', `/api/v1/image/${encodeURIComponent(uid)}`);
  }

  /** The picture */
  getImage(uid: string): Promise<Blob> {
    return this.#file('GET', `/api/v1/image/${encodeURIComponent(uid)}`);
  }

  /** Removes all pictures */
  deleteImages(): Promise<string> {
    return this.#json('DELETE', `/api/v1/images`);
  }

  /** All pictures */
  listImages(): Promise<Readonly<Record<string, { readonly upload_date: string; readonly ext: string; readonly size: readonly (number)[]; readonly mime: string; readonly filename: string }>>> {
    return this.#json('GET', `/api/v1/images`);
  }

  /** Keeps a PNG picture for visible signatures (part `image`, at most 1 MiB) */
  uploadImage(body: FormData): Promise<string> {
    return this.#json('POST', `/api/v1/image`, body);
  }

  /** Keeps data under an object identifier; signatures do not carry it */
  createMetadata(body: { readonly metadata: string; readonly metadata_oid: string; readonly [key: string]: unknown }): Promise<{ readonly metadata: string }> {
    return this.#json('POST', `/api/v1/metadata`, body);
  }

  /** Removes all entries */
  deleteAllMetadata(): Promise<string> {
    return this.#json('DELETE', `/api/v1/metadata`);
  }

  /** All entries */
  listMetadata(): Promise<Readonly<Record<string, { readonly oid: string; readonly metadata: string }>>> {
    return this.#json('GET', `/api/v1/metadata`);
  }

  /** Removes an entry */
  deleteMetadata(id: string): Promise<string> {
    return this.#json('DELETE', `/api/v1/metadata/${encodeURIComponent(id)}`);
  }

  /** One entry */
  getMetadata(id: string): Promise<{ readonly oid: string; readonly metadata: string }> {
    return this.#json('GET', `/api/v1/metadata/${encodeURIComponent(id)}`);
  }

  /** The officer approves what was identified */
  approve(pk: number | string, body?: { readonly token?: string | number | boolean; readonly username?: string | number | boolean; readonly password?: string | number | boolean; readonly pin?: string | number | boolean; readonly rao?: string | number | boolean; readonly rao_id?: string | number | boolean; readonly [key: string]: unknown }): Promise<string> {
    return this.#json('POST', `/api/v1/request/${encodeURIComponent(pk)}/approve`, body);
  }

  /** A request whose evidence comes from your own video identification. A hosted video session is not offered: the link is empty */
  createVideo(body: { readonly mobile_phone_number: string | number | boolean; readonly email: string | number | boolean; readonly registration_authority?: string | number | boolean; readonly profile?: string | number | boolean; readonly env?: string | number | boolean; readonly webhook_url?: string | number | boolean; readonly [key: string]: unknown }): Promise<{ readonly videoid_pk: number; readonly videoid_link: string; readonly request_pk: number }> {
    return this.#json('POST', `/api/v1/videoid`, body);
  }

  /** The video of an identification */
  downloadVideo(pk: number | string): Promise<Blob> {
    return this.#file('GET', `/api/v1/videoid/${encodeURIComponent(pk)}/download/video`);
  }

  /** The officer refuses what was identified */
  refuse(pk: number | string, body: { readonly token?: string | number | boolean; readonly username?: string | number | boolean; readonly password?: string | number | boolean; readonly pin?: string | number | boolean; readonly rao?: string | number | boolean; readonly rao_id?: string | number | boolean; readonly reason: string | number | boolean; readonly [key: string]: unknown }): Promise<string> {
    return this.#json('POST', `/api/v1/videoid/${encodeURIComponent(pk)}/refuse`, body);
  }

  /** Keeps the evidence of an identification; it stays on this machine */
  uploadEvidences(pk: number | string, body: { readonly acceptance?: Readonly<Record<string, unknown>>; readonly videoid_data: { readonly images?: Readonly<Record<string, string>>; readonly ocr_data: { readonly given_name: string | number | boolean; readonly surname_1: string | number | boolean; readonly surname_2?: string | number | boolean; readonly email?: string | number | boolean; readonly mobile_phone_number?: string | number | boolean; readonly id_document_type?: string | number | boolean; readonly id_document_country?: string | number | boolean; readonly serial_number: string | number | boolean; readonly registration_authority?: string | number | boolean; readonly profile?: string | number | boolean; readonly communication_language?: string | number | boolean; readonly residence?: string | number | boolean; readonly residence_city?: string | number | boolean; readonly residence_postal_code?: string | number | boolean; readonly residence_address?: string | number | boolean; readonly special_conditions?: string | number | boolean; readonly [key: string]: unknown }; readonly security_checks?: Readonly<Record<string, unknown>>; readonly similarity_level?: number | string; readonly [key: string]: unknown }; readonly [key: string]: unknown }): Promise<string> {
    return this.#json('POST', `/api/v1/videoid/${encodeURIComponent(pk)}/evidences`, body);
  }

  /** Keeps the video of an identification (MP4); it stays on this machine */
  uploadVideo(pk: number | string, body: FormData): Promise<string> {
    return this.#json('POST', `/api/v1/videoid/${encodeURIComponent(pk)}/evidences/video`, body);
  }

  /** First step of the older mode with two steps; `approve` is the second */
  validate(pk: number | string, body?: { readonly token?: string | number | boolean; readonly username?: string | number | boolean; readonly password?: string | number | boolean; readonly pin?: string | number | boolean; readonly rao?: string | number | boolean; readonly rao_id?: string | number | boolean; readonly [key: string]: unknown }): Promise<string> {
    return this.#json('POST', `/api/v1/videoid/${encodeURIComponent(pk)}/validate`, body);
  }

  /** Verifies every signature of a PDF, a signed message (.p7m, .p7s) or a container (.asice, .asics), of anybody; nothing of it is kept */
  verifyDocument(body: FormData): Promise<{ readonly file: string; readonly container?: { readonly kind: "enveloping" | "detached" | "asic" | "xml" | "encrypted"; readonly files: readonly ({ readonly name: string; readonly bytes: number; readonly sha256: string })[] }; readonly verdict: "valid" | "invalid" | "undecided"; readonly signatures: readonly ({ readonly field: string; readonly verdict: "valid" | "invalid" | "undecided"; readonly level: "B-B" | "B-T" | "B-LT" | "B-LTA" | "none"; readonly signer: string; readonly issuer: string; readonly anchor?: string; readonly serialNumber: string; readonly singleUse: boolean; readonly claimedSigningTime?: string; readonly provenTime?: string; readonly indication: "TOTAL-PASSED" | "INDETERMINATE" | "TOTAL-FAILED"; readonly subIndication?: "FORMAT_FAILURE" | "HASH_FAILURE" | "SIG_CRYPTO_FAILURE" | "REVOKED" | "EXPIRED" | "NOT_YET_VALID" | "SIG_CONSTRAINTS_FAILURE" | "CHAIN_CONSTRAINTS_FAILURE" | "CRYPTO_CONSTRAINTS_FAILURE" | "NO_SIGNING_CERTIFICATE_FOUND" | "NO_CERTIFICATE_CHAIN_FOUND" | "OUT_OF_BOUNDS_NO_POE" | "SIGNED_DATA_NOT_FOUND" | "TIMESTAMP_ORDER_FAILURE" | "NO_POE" | "TRY_LATER" | "CERTIFICATE_CHAIN_GENERAL_FAILURE"; readonly checks: readonly ({ readonly name: "integrity" | "coverage" | "certificate" | "chain" | "timestamp" | "revocation" | "changes"; readonly outcome: "passed" | "failed" | "undecided" | "none"; readonly reason?: "unreadable" | "unsupportedFormat" | "unsupportedAlgorithm" | "weakCryptography" | "signedAttributesWrong" | "signedAttributesNotDer" | "certificateNotBound" | "hashMismatch" | "contentMissing" | "fileNotSigned" | "signatureInvalid" | "certificateMismatch" | "noSigningCertificate" | "onlyTimestamps" | "coverageWrong" | "signedContentChanged" | "changeNotPermitted" | "changeSuspicious" | "signatureRemoved" | "signatureCopied" | "timestampMissing" | "timestampInvalid" | "timestampUntrusted" | "timestampExpired" | "timestampNotYetValid" | "timestampOrder" | "timestampInFuture" | "claimedTimeImplausible" | "chainUntrusted" | "chainExpiredWithoutProof" | "chainExpiredAtSigning" | "chainNotYetValid" | "chainBeforeBeginning" | "chainConstraints" | "overTheBound" | "revoked" | "certificateOnHold" | "timestampAuthorityRevoked" | "revocationUnknown"; readonly sentence: string })[]; readonly changes: readonly ({ readonly kind: "signatureAdded" | "signatureCopied" | "signatureChanged" | "signatureRemoved" | "documentTimestampAdded" | "validationDataAdded" | "validationDataChanged" | "fieldFilled" | "fieldOverwritten" | "fieldRedesigned" | "fieldAdded" | "fieldRemoved" | "annotationAdded" | "annotationChanged" | "annotationRemoved" | "pageContentChanged" | "pageSettingChanged" | "pageAdded" | "pageRemoved" | "pagesReordered" | "layersChanged" | "actionAdded" | "permissionsChanged" | "documentInformationChanged" | "documentSettingChanged" | "formSettingChanged" | "catalogReplaced" | "encryptionChanged" | "technicalDeclarationAdded" | "hiddenContentActivated" | "unusedObjectAdded" | "ambiguousObject" | "unaccountedBytes" | "revisionsNotContinued" | "looksOtherwise" | "unreadable"; readonly outcome: "allowed" | "suspicious" | "forbidden"; readonly page?: number; readonly field?: string; readonly detail?: string; readonly reason?: "certification" | "fieldLock" | "coversSignedContent" | "coversPicture" | "coversEarlierSignature" | "drawsOnPage" | "visibleAfterCertification" | "notVerified" | "acts"; readonly objects: readonly (number)[]; readonly sentence: string })[]; readonly drawn?: { readonly pages: number; readonly notDrawn?: "tooLarge" | "tooLong" | "unreadable"; readonly differing: readonly ({ readonly page: number; readonly parts: readonly ({ readonly x: number; readonly y: number; readonly width: number; readonly height: number })[]; readonly isExplained: boolean })[] }; readonly permission?: "nothing" | "filling" | "annotating"; readonly reasonForSigning?: string; readonly location?: string; readonly certificate?: { readonly subject: string; readonly issuer: string; readonly notBefore: string; readonly notAfter: string; readonly fingerprint: string; readonly der: string }; readonly signedFiles?: readonly (string)[]; readonly subFilter?: string; readonly byteRange?: readonly (number)[]; readonly digest?: { readonly algorithm: "sha256" | "sha384" | "sha512" | "sha3-256" | "sha3-384" | "sha3-512"; readonly value: string }; readonly signatureValue?: string; readonly qualification?: { readonly word: "qualifiedSignature" | "qualifiedSeal" | "advancedSignatureWithQualifiedCertificate" | "advancedSealWithQualifiedCertificate" | "advanced" | "undetermined"; readonly reason?: "signatureNotValid" | "listOfListsMissing" | "listOfListsNotAuthentic" | "listOfListsStale" | "listMissing" | "listNotAuthentic" | "listStale" | "notListed" | "serviceNotGranted" | "certificateNotQualified" | "certificateForOtherUse" | "noQualifiedDevice" | "contradictory"; readonly listed?: { readonly territory: string; readonly sequenceNumber: number; readonly issued: string; readonly nextUpdate?: string; readonly provider: string; readonly service: string; readonly status: string } }; readonly timestampQualification?: { readonly word: "qualifiedTimestamp" | "timestamp" | "undetermined"; readonly reason?: "signatureNotValid" | "listOfListsMissing" | "listOfListsNotAuthentic" | "listOfListsStale" | "listMissing" | "listNotAuthentic" | "listStale" | "notListed" | "serviceNotGranted" | "certificateNotQualified" | "certificateForOtherUse" | "noQualifiedDevice" | "contradictory"; readonly listed?: { readonly territory: string; readonly sequenceNumber: number; readonly issued: string; readonly nextUpdate?: string; readonly provider: string; readonly service: string; readonly status: string } }; readonly coverage: { readonly wholeFile: boolean; readonly bytes: number; readonly version: number; readonly versions: number } })[]; readonly documentTimestamps: readonly ({ readonly field: string; readonly verdict: "valid" | "invalid" | "undecided"; readonly authority: string; readonly time?: string; readonly checks: readonly ({ readonly name: "integrity" | "coverage" | "certificate" | "chain" | "timestamp" | "revocation" | "changes"; readonly outcome: "passed" | "failed" | "undecided" | "none"; readonly reason?: "unreadable" | "unsupportedFormat" | "unsupportedAlgorithm" | "weakCryptography" | "signedAttributesWrong" | "signedAttributesNotDer" | "certificateNotBound" | "hashMismatch" | "contentMissing" | "fileNotSigned" | "signatureInvalid" | "certificateMismatch" | "noSigningCertificate" | "onlyTimestamps" | "coverageWrong" | "signedContentChanged" | "changeNotPermitted" | "changeSuspicious" | "signatureRemoved" | "signatureCopied" | "timestampMissing" | "timestampInvalid" | "timestampUntrusted" | "timestampExpired" | "timestampNotYetValid" | "timestampOrder" | "timestampInFuture" | "claimedTimeImplausible" | "chainUntrusted" | "chainExpiredWithoutProof" | "chainExpiredAtSigning" | "chainNotYetValid" | "chainBeforeBeginning" | "chainConstraints" | "overTheBound" | "revoked" | "certificateOnHold" | "timestampAuthorityRevoked" | "revocationUnknown"; readonly sentence: string })[]; readonly qualification?: { readonly word: "qualifiedTimestamp" | "timestamp" | "undetermined"; readonly reason?: "signatureNotValid" | "listOfListsMissing" | "listOfListsNotAuthentic" | "listOfListsStale" | "listMissing" | "listNotAuthentic" | "listStale" | "notListed" | "serviceNotGranted" | "certificateNotQualified" | "certificateForOtherUse" | "noQualifiedDevice" | "contradictory"; readonly listed?: { readonly territory: string; readonly sequenceNumber: number; readonly issued: string; readonly nextUpdate?: string; readonly provider: string; readonly service: string; readonly status: string } } })[]; readonly checks: readonly ({ readonly name: "integrity" | "coverage" | "certificate" | "chain" | "timestamp" | "revocation" | "changes"; readonly outcome: "passed" | "failed" | "undecided" | "none"; readonly reason?: "unreadable" | "unsupportedFormat" | "unsupportedAlgorithm" | "weakCryptography" | "signedAttributesWrong" | "signedAttributesNotDer" | "certificateNotBound" | "hashMismatch" | "contentMissing" | "fileNotSigned" | "signatureInvalid" | "certificateMismatch" | "noSigningCertificate" | "onlyTimestamps" | "coverageWrong" | "signedContentChanged" | "changeNotPermitted" | "changeSuspicious" | "signatureRemoved" | "signatureCopied" | "timestampMissing" | "timestampInvalid" | "timestampUntrusted" | "timestampExpired" | "timestampNotYetValid" | "timestampOrder" | "timestampInFuture" | "claimedTimeImplausible" | "chainUntrusted" | "chainExpiredWithoutProof" | "chainExpiredAtSigning" | "chainNotYetValid" | "chainBeforeBeginning" | "chainConstraints" | "overTheBound" | "revoked" | "certificateOnHold" | "timestampAuthorityRevoked" | "revocationUnknown"; readonly sentence: string })[]; readonly evidenceRecord?: { readonly verdict: "valid" | "invalid" | "undecided"; readonly time?: string; readonly until?: string; readonly timestamps: number; readonly checks: readonly ({ readonly name: "integrity" | "coverage" | "certificate" | "chain" | "timestamp" | "revocation" | "changes"; readonly outcome: "passed" | "failed" | "undecided" | "none"; readonly reason?: "unreadable" | "unsupportedFormat" | "unsupportedAlgorithm" | "weakCryptography" | "signedAttributesWrong" | "signedAttributesNotDer" | "certificateNotBound" | "hashMismatch" | "contentMissing" | "fileNotSigned" | "signatureInvalid" | "certificateMismatch" | "noSigningCertificate" | "onlyTimestamps" | "coverageWrong" | "signedContentChanged" | "changeNotPermitted" | "changeSuspicious" | "signatureRemoved" | "signatureCopied" | "timestampMissing" | "timestampInvalid" | "timestampUntrusted" | "timestampExpired" | "timestampNotYetValid" | "timestampOrder" | "timestampInFuture" | "claimedTimeImplausible" | "chainUntrusted" | "chainExpiredWithoutProof" | "chainExpiredAtSigning" | "chainNotYetValid" | "chainBeforeBeginning" | "chainConstraints" | "overTheBound" | "revoked" | "certificateOnHold" | "timestampAuthorityRevoked" | "revocationUnknown"; readonly sentence: string })[] }; readonly protection?: { readonly until: string; readonly by: "timestamp" | "certificate" | "revocationData" | "algorithm"; readonly name: string }; readonly verifiedAt: string }> {
    return this.#json('POST', `/api/v1/verify`, body);
  }

  async #json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = (await (await this.#send(method, path, body)).json()) as { details?: unknown };
    return answer.details as T;
  }

  async #file(method: string, path: string): Promise<Blob> {
    return (await this.#send(method, path)).blob();
  }

  async #send(method: string, path: string, body?: unknown): Promise<Response> {
    const { baseUrl, apiKey, fetch: send = fetch } = this.#options;
    const isForm = body instanceof FormData;
    const response = await send(new URL(path, baseUrl), {
      method,
      headers: {
        ...(apiKey === undefined ? {} : { 'x-api-key': apiKey }),
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    if (response.ok) return response;
    const text = await response.text();
    let details: unknown = text;
    try {
      details = (JSON.parse(text) as { details?: unknown }).details ?? text;
    } catch {
      // Not from the Optimizer but from something in between: its words are all there is.
    }
    throw new OptimizerError(response.status, details);
  }
}
