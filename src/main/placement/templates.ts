import { randomBytes } from 'node:crypto';
import { OssError } from '../../contract/errors.ts';
import type { Placement, PlacementTemplate } from '../../contract/model/placement.ts';
import type { AuditedSettings } from '../settings/audited-settings.ts';

/** Placements that the clerk named, newest first; kept with the settings. */
export class PlacementTemplates {
  readonly #settings: AuditedSettings;

  constructor(settings: AuditedSettings) {
    this.#settings = settings;
  }

  list(): PlacementTemplate[] {
    return this.#settings.read().placementTemplates;
  }

  /** Replaces a template of the same name. @throws OssError OSS_REQUEST_INVALID for a document without a form */
  async save(name: string, form: string | undefined, placement: Placement): Promise<PlacementTemplate[]> {
    if (form === undefined) throw new OssError('OSS_REQUEST_INVALID', { fields: ['document'] });
    const id = `tpl_${randomBytes(8).toString('hex')}`;
    const others = this.list().filter((template) => template.name !== name);
    return this.#keep([{ id, name, form, placement }, ...others]);
  }

  remove(id: string): Promise<PlacementTemplate[]> {
    return this.#keep(this.list().filter((template) => template.id !== id));
  }

  async #keep(placementTemplates: PlacementTemplate[]): Promise<PlacementTemplate[]> {
    return (await this.#settings.change('clerk', { placementTemplates })).placementTemplates;
  }
}
