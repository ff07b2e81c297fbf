/** For tests: a small PDF of which every object is written out. */

/** `objects`: bodies of objects 4, 5, …; `catalog` and `page` are entries beside those that every document has. */
export function plainPdf({
  catalog = '',
  page = '',
  objects = [],
}: {
  readonly catalog?: string;
  readonly page?: string;
  readonly objects?: readonly string[];
}): Buffer {
  const bodies = [
    `<</Type /Catalog /Pages 2 0 R ${catalog}>>`,
    '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    `<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${page}>>`,
    ...objects,
  ];
  let text = '%PDF-1.7\n';
  const offsets = bodies.map((body, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const size = bodies.length + 1;
  const xref = `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}`;
  return Buffer.from(
    `${text}${xref}trailer\n<</Size ${size} /Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`,
    'latin1',
  );
}
