import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Runs files in the order of their paths, also on a machine that has never run them: those of e2e, which take longest, come early, and
 * those of unit, which take a moment each, come last. So the workers end together.
 */
export default class ByPath extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const group = ({ project }: TestSpecification): number => project.config.sequence.groupOrder;
    return Promise.resolve(
      files.toSorted((a, b) => group(a) - group(b) || (a.moduleId < b.moduleId ? -1 : 1)),
    );
  }
}
