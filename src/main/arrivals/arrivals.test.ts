import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Arrivals } from './arrivals.ts';
import { MOST_FILES } from './read-command-line.ts';

describe('what the system hands over', () => {
  let arrivals: Arrivals;
  beforeEach(() => {
    arrivals = new Arrivals();
  });
  const files = (...paths: string[]) => ({ kind: 'files', paths }) as const;

  it('waits until the window asks, and is told about when it comes later', () => {
    arrivals.add(files('/a.pdf'));
    const told = vi.fn();
    arrivals.tell(told);
    expect(arrivals.next()).toEqual(files('/a.pdf'));
    arrivals.add({ kind: 'check' });
    expect(told).toHaveBeenCalledOnce();
  });

  it('keeps files that come one by one together, each once', () => {
    for (const path of ['/a.pdf', '/b.pdf', '/a.pdf']) arrivals.add(files(path));
    expect(arrivals.takeFiles()).toEqual(['/a.pdf', '/b.pdf']);
    expect(arrivals.takeFiles()).toEqual([]);
    expect(arrivals.next()).toBeUndefined();
  });

  it('keeps the order of files and links', () => {
    arrivals.add(files('/a.pdf'));
    arrivals.add({ kind: 'new' });
    arrivals.add(files('/b.pdf'));
    expect(arrivals.takeFiles()).toEqual(['/a.pdf']);
    expect(arrivals.takeFiles()).toEqual([]);
    expect(arrivals.next()).toEqual({ kind: 'new' });
    expect(arrivals.next()).toEqual(files('/b.pdf'));
  });

  it('is bounded, however often it comes', () => {
    for (let index = 0; index < 1000; index += 1) arrivals.add(files(`/${index}.pdf`));
    expect(arrivals.takeFiles()).toHaveLength(MOST_FILES);
    for (let index = 0; index < 1000; index += 1) arrivals.add({ kind: 'new' });
    let taken = 0;
    while (arrivals.next()) taken += 1;
    expect(taken).toBeLessThan(20);
  });
});
