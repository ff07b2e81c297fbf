/** A changed object in one of the places where it is used. */
import { dictionaryOf } from '../syntax/values.ts';
import { type Comparison, doubtful } from './comparison.ts';
import { extensionsChange, judgeCatalog, judgeValidationData, settingChange } from './judge-document.ts';
import { judgeField, type Versions } from './judge-field.ts';
import { isGrowing, judgeFieldList, judgeForm } from './judge-form.ts';
import {
  judgeAnnotation,
  judgeAnnotationDetail,
  judgeAnnotationList,
  judgePage,
  judgePageTree,
} from './judge-page.ts';
import type { Role } from './roles.ts';

export async function judgeObject(
  comparison: Comparison,
  object: number,
  role: Role,
  versions: Versions,
): Promise<void> {
  const { list, rules, changed } = comparison;
  switch (role.kind) {
    case 'catalog':
      // It may have come under another number.
      return judgeCatalog(comparison, object, {
        before: comparison.before.catalog.dictionary,
        after: versions.after,
      });
    case 'pageTree':
      return judgePageTree(comparison, object, versions);
    case 'page':
      return judgePage(comparison, object, role.page ?? 1, versions);
    case 'pageContent': {
      const kind = changed.activated.has(object) ? 'hiddenContentActivated' : 'pageContentChanged';
      return list.add({ kind, outcome: 'forbidden', page: role.page }, object);
    }
    case 'annotationList':
      return judgeAnnotationList(comparison, object, role.page ?? 1, versions);
    case 'annotation':
      return judgeAnnotation(comparison, object, role.page, dictionaryOf(versions.after));
    case 'annotationDetail':
      return judgeAnnotationDetail(comparison, object, role.page, role.annotation);
    case 'form':
      return judgeForm(comparison, object, versions);
    case 'fieldList':
      return judgeFieldList(comparison, object, versions);
    case 'formResources':
      return judgeFormResources(comparison, object, versions);
    case 'formSetting':
      return list.add({ kind: 'formSettingChanged', detail: role.key, ...doubtful(rules) }, object);
    case 'validationData':
      return judgeValidationData(comparison, object, versions);
    case 'information':
    case 'metadata':
      return list.add({ kind: 'documentInformationChanged', outcome: 'allowed' }, object);
    case 'extensions':
      return list.add(extensionsChange(rules, versions.before, versions.after), object);
    case 'setting':
      return list.add(settingChange(comparison, role.key, versions), object);
    default:
      return judgeField(comparison, object, role, versions);
  }
}

/** A font that fields are drawn with may come; one that was there must stay as it is (shadow attack "replace"). */
function judgeFormResources({ list, changed }: Comparison, object: number, versions: Versions): void {
  const isNew = changed.added.has(object);
  const grows = isNew || isGrowing(dictionaryOf(versions.before), dictionaryOf(versions.after));
  list.add({ kind: 'formSettingChanged', detail: 'DR', outcome: grows ? 'allowed' : 'forbidden' }, object);
}
