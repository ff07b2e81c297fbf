/** National id, passport, personal number, tax number: the types of EN 319 412-1 §5.1.3 that are in use. */
export const ID_DOCUMENT_TYPES = Object.freeze(['IDC', 'PAS', 'PNO', 'TIN'] as const);
export type IdDocumentType = (typeof ID_DOCUMENT_TYPES)[number];
