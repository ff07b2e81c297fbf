/** RC4, which old encrypted documents need and the OpenSSL of Node no longer offers. It protects nothing of ours. */
export function rc4(key: Uint8Array, data: Uint8Array): Uint8Array {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const at = (index: number): number => state[index & 0xff] ?? 0;
  for (let i = 0, j = 0; i < 256; i += 1) {
    const value = at(i);
    j = (j + value + (key[i % key.length] ?? 0)) & 0xff;
    state[i] = at(j);
    state[j] = value;
  }
  let i = 0;
  let j = 0;
  return data.map((byte) => {
    i = (i + 1) & 0xff;
    const value = at(i);
    j = (j + value) & 0xff;
    state[i] = at(j);
    state[j] = value;
    return byte ^ at(at(i) + value);
  });
}
