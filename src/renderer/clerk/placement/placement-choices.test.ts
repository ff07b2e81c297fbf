import { describe, expect, it } from 'vitest';
import type { Placed, PlacementTemplate } from '../../../contract/model/placement.ts';
import {
  choose,
  isSamePlacement,
  NO_CHOICES,
  placementOf,
  proposed,
  separate,
  unite,
} from './placement-choices.ts';

const plain = { id: 'plain', certified: false, fields: [], form: 'a'.repeat(64) };
const certified = { ...plain, id: 'certified', certified: true };
const box = { x: 1, y: 1, width: 100, height: 40 };
const prepared = { ...plain, id: 'prepared', fields: [{ name: 'Approval', page: 1, rectangle: box }] };
const all = [plain, certified, prepared];
const place: Placed = {
  kind: 'placed',
  page: 'first',
  rectangle: box,
  pageSize: { width: 595, height: 842 },
};

describe('the place of signatures', () => {
  it('is the last page for every document as long as nobody says otherwise', () => {
    expect(placementOf(NO_CHOICES, plain)).toMatchObject({ kind: 'placed', page: 'last' });
  });

  it('is the same for all documents, as far as each permits it', () => {
    const choices = choose(NO_CHOICES, plain, place, all);
    expect(placementOf(choices, plain)).toEqual(place);
    expect(placementOf(choices, prepared)).toEqual(place);
    expect(placementOf(choices, certified)).toEqual({ kind: 'invisible' });
  });

  it('is in the field of the author where a certified document has one', () => {
    const both = { ...prepared, certified: true };
    expect(placementOf(NO_CHOICES, both)).toEqual({ kind: 'field', name: 'Approval' });
  });

  it('differs by document once a field is chosen, and the others keep what they had', () => {
    const before = choose(NO_CHOICES, plain, place, all);
    const choices = choose(before, prepared, { kind: 'field', name: 'Approval' }, all);
    expect(choices.forAll).toBe(false);
    expect(placementOf(choices, prepared)).toEqual({ kind: 'field', name: 'Approval' });
    expect(placementOf(choices, plain)).toEqual(place);
  });

  it('can be separated and united again', () => {
    const apart = choose(separate(NO_CHOICES, all), plain, place, all);
    expect(placementOf(apart, prepared)).toMatchObject({ page: 'last' });
    expect(placementOf(unite(apart, plain), prepared)).toEqual(place);
  });

  it('is the same whatever the order in which it was written down', () => {
    const { x, y, width, height } = box;
    const again: Placed = {
      pageSize: place.pageSize,
      rectangle: { height, width, y, x },
      page: 'first',
      kind: 'placed',
    };
    expect(isSamePlacement(place, again)).toBe(true);
    expect(isSamePlacement(place, { ...again, page: 'last' })).toBe(false);
    expect(isSamePlacement(place, { kind: 'invisible' })).toBe(false);
  });

  it('is proposed from the template of the form, else the field of the author', () => {
    const template: PlacementTemplate = {
      id: `tpl_${'0'.repeat(16)}`,
      name: 'Mortgage',
      form: plain.form,
      placement: place,
    };
    const other = { ...prepared, form: 'b'.repeat(64) };
    const choices = proposed([plain, other], [template]);
    expect(placementOf(choices, plain)).toEqual(place);
    expect(placementOf(choices, other)).toEqual({ kind: 'field', name: 'Approval' });
    expect(proposed([plain], []).forAll).toBe(true);
  });
});
