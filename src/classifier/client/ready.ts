import { KioskError } from '../../lib/errors.ts';
import type { Classifier, ClassifierStatus, LoadedModel } from '../port.ts';

/** Waits while the model is loading. @throws KioskError `model/none`, with the reason, if there is none */
export function ready(classifier: Pick<Classifier, 'status' | 'onStatus'>): Promise<LoadedModel> {
  return new Promise((resolve, reject) => {
    const settle = (status: ClassifierStatus): boolean => {
      if (status.state === 'ready') resolve(status.model);
      if (status.state === 'none') reject(new KioskError('model/none', status.reason));
      return status.state !== 'loading';
    };
    if (settle(classifier.status())) return;
    const unsubscribe = classifier.onStatus((status) => {
      if (settle(status)) unsubscribe();
    });
  });
}
